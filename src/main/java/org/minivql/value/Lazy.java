package org.minivql.value;

/** A value that is computed when it is first asked for, and at most once. */
public interface Lazy {
  /** The value; never itself a {@code Lazy}. */
  Object get();
}
