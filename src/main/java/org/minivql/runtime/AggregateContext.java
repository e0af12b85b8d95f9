package org.minivql.runtime;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The state of aggregate functions, one entry for each place in the query that uses one. A group of
 * {@code GROUP BY} and a call of a stored query have contexts of their own.
 */
public final class AggregateContext {
  private Object[] sites = new Object[2];
  private Object[] states = new Object[2];
  private int size;

  /** The state of a place; made on first use. */
  @SuppressWarnings("unchecked")
  public synchronized <T> T state(Object site, Supplier<T> init) {
    for (int i = 0; i < size; i++) {
      if (sites[i] == site) {
        return (T) states[i];
      }
    }
    if (size == sites.length) {
      sites = Arrays.copyOf(sites, size * 2);
      states = Arrays.copyOf(states, size * 2);
    }
    T state = init.get();
    sites[size] = site;
    states[size++] = state;
    return state;
  }
}
