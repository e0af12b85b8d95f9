package org.minivql.builtin.binary;

/** How some bytes become a value. Immutable. */
interface BinaryType {
  /**
   * The value at a place.
   *
   * @param parent the struct whose field it is, or null
   */
  Object value(Reading in, long offset, Struct parent);

  /** How many bytes a value takes. */
  long size(Reading in, long offset, Struct parent, Object value);
}
