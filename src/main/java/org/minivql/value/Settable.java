package org.minivql.value;

/** A host object whose members {@code set()} can change: a cache, a counter. */
public interface Settable {
  /** Sets a member. */
  void set(String name, Object value);
}
