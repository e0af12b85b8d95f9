package org.minivql.runtime;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The state of aggregate functions, one entry for each place in the query that uses one. A group of
 * {@code GROUP BY} and a call of a stored query have contexts of their own.
 */
public class AggregateContext {
  private static final Object[] NONE = {};

  /** Places and their states in turn. An array is never changed once it stands here. */
  private volatile Object[] entries = NONE;

  /** A context in which nothing was counted yet. */
  public AggregateContext() {}

  /** The state of a place; made on first use. */
  @SuppressWarnings("unchecked")
  public final <T> T state(Object site, Supplier<T> init) {
    Object[] known = entries;
    for (int i = 0; i < known.length; i += 2) {
      if (known[i] == site) {
        return (T) known[i + 1];
      }
    }
    return add(site, init);
  }

  @SuppressWarnings("unchecked")
  private synchronized <T> T add(Object site, Supplier<T> init) {
    Object[] known = entries;
    for (int i = 0; i < known.length; i += 2) {
      if (known[i] == site) {
        return (T) known[i + 1];
      }
    }
    T state = init.get();
    // The initialiser may have added others.
    known = entries;
    Object[] more = Arrays.copyOf(known, known.length + 2);
    more[known.length] = site;
    more[known.length + 1] = state;
    entries = more;
    return state;
  }
}
