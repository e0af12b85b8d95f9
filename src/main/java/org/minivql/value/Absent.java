package org.minivql.value;

/**
 * The answer of a lookup that found nothing.
 *
 * <p>VQL's NULL is Java's {@code null}; a member that does not exist is this object. The two
 * differ: a lookup goes on to the next layer after an absent member, and stops at one that is NULL.
 *
 * @since 0.1.0
 */
public enum Absent {
  /** The only instance. */
  ABSENT
}
