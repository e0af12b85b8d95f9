package org.minivql.sigma;

/** A test of one field of an event against one wanted value. */
@FunctionalInterface
interface ValueTest {
  /** Whether the field's value is as wanted. */
  boolean test(EventView event, Field field);
}
