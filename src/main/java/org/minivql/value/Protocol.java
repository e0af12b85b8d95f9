package org.minivql.value;

/**
 * Rules for operands that the language itself does not know. An engine is given a list of
 * protocols; each is asked, in order, where the rules of the language have no answer (member access
 * asks before the rules for lists and times).
 *
 * <p>An operation answers {@link #PASS} where the protocol does not apply.
 *
 * @since 0.1.0
 */
public interface Protocol {
  /** "Not mine": the next protocol is asked. */
  Object PASS =
      new Object() {
        @Override
        public String toString() {
          return "PASS";
        }
      };

  /** {@code a + b}. */
  default Object add(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a - b}. */
  default Object subtract(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a * b}. */
  default Object multiply(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a / b}. */
  default Object divide(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a = b}: a Boolean or PASS. */
  default Object equal(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a < b}: a Boolean or PASS. */
  default Object less(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a > b}: a Boolean or PASS. */
  default Object greater(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code a IN b}: a Boolean or PASS. */
  default Object in(Scope scope, Object a, Object b) {
    return PASS;
  }

  /** {@code target =~ pattern}: a Boolean or PASS. */
  default Object matches(Scope scope, Object target, String pattern) {
    return PASS;
  }

  /** Truth: a Boolean or PASS. */
  default Object truth(Scope scope, Object value) {
    return PASS;
  }

  /** {@code a.key} or {@code a[key]}: the value, {@link Absent#ABSENT}, or PASS. */
  default Object get(Scope scope, Object a, Object key) {
    return PASS;
  }

  /** {@code a[from:to]}; a missing bound is {@link Absent#ABSENT}. */
  default Object slice(Scope scope, Object a, Object from, Object to) {
    return PASS;
  }

  /** The text of a value: a String or PASS. */
  default Object text(Scope scope, Object value) {
    return PASS;
  }
}
