package org.minivql.value;

/**
 * A value that brings its own meaning of operators: paths, versions, caches. The engine asks it
 * before its own rules; an answer of {@link Absent#ABSENT} means that it has none for the other
 * operand.
 *
 * <p>Implementations are immutable or thread-safe.
 *
 * @since 0.1.0
 */
public interface Operand {
  /** The text of the value: string coercion, {@code =~} and keys use it. */
  String text();

  /** Whether the value counts as true. */
  default boolean truth() {
    return true;
  }

  /** {@code this + other}. */
  default Object add(Scope scope, Object other) {
    return Absent.ABSENT;
  }

  /** {@code this = other}, a Boolean. */
  default Object equalTo(Scope scope, Object other) {
    return Absent.ABSENT;
  }

  /** {@code this < other} as -1, 0 or 1 (an Integer). */
  default Object compareWith(Scope scope, Object other) {
    return Absent.ABSENT;
  }

  /** {@code this[key]}; members by name come from {@link Members} where the value has them. */
  default Object get(Scope scope, Object key) {
    return Absent.ABSENT;
  }

  /** {@code this[from:to]}; a missing bound is {@link Absent#ABSENT}. */
  default Object slice(Scope scope, Object from, Object to) {
    return Absent.ABSENT;
  }
}
