package org.minivql.yara;

/** A compiled expression of a condition: Long, Double, String, Boolean, or null where undefined. */
@FunctionalInterface
interface Condition {
  Object eval(Scan scan);

  /** Whether the value counts as true. */
  default boolean holds(Scan scan) {
    return truth(eval(scan));
  }

  static boolean truth(Object value) {
    return value instanceof Boolean b
        ? b
        : value instanceof Long n
            ? n != 0
            : value instanceof Double d ? d != 0 : value instanceof String s && !s.isEmpty();
  }
}
