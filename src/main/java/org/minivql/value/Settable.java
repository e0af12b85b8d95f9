package org.minivql.value;

/**
 * A host object whose members {@code set()} can change: a cache, a counter.
 *
 * @since 0.1.0
 */
public interface Settable {
  /** Sets a member. */
  void set(String name, Object value);
}
