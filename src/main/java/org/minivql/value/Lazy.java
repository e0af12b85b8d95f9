package org.minivql.value;

/**
 * A value that is computed when it is first asked for, and at most once.
 *
 * @since 0.1.0
 */
public interface Lazy {
  /** The value; never itself a {@code Lazy}. */
  Object get();
}
