package org.minivql.sigma.search;

import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;

/** A test of one field of an event against one wanted value. */
@FunctionalInterface
interface ValueTest {
  /** Whether the field's value is as wanted. */
  boolean test(EventView event, Field field);
}
