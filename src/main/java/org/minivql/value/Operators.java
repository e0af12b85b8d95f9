package org.minivql.value;

/**
 * What operators, truth, member access and text mean.
 *
 * @since 0.1.0
 */
public interface Operators {
  /** {@code a + b}. */
  Object add(Scope scope, Object a, Object b);

  /** {@code a - b}. */
  Object subtract(Scope scope, Object a, Object b);

  /** {@code a * b}. */
  Object multiply(Scope scope, Object a, Object b);

  /** {@code a / b}. */
  Object divide(Scope scope, Object a, Object b);

  /** {@code a = b}. */
  boolean equal(Scope scope, Object a, Object b);

  /** {@code a < b}. */
  boolean less(Scope scope, Object a, Object b);

  /** {@code a > b}, which is not the mirror image of {@code <}. */
  boolean greater(Scope scope, Object a, Object b);

  /** {@code a IN b}. */
  boolean in(Scope scope, Object a, Object b);

  /** {@code target =~ pattern}. */
  boolean matches(Scope scope, Object target, Object pattern);

  /** Whether a value counts as true. */
  boolean truth(Scope scope, Object value);

  /**
   * {@code a.name} and {@code a[key]}.
   *
   * @param key a string, a number or a bool
   * @return the value, or {@link Absent#ABSENT}
   */
  Object get(Scope scope, Object a, Object key);

  /** {@code a[from:to]}; a missing bound is {@link Absent#ABSENT}. */
  Object slice(Scope scope, Object a, Object from, Object to);

  /**
   * Sends what a value yields when it is iterated ({@code foreach(row=…)}): a query its rows, a
   * dict itself, a list its non-NULL elements, NULL nothing. What is not a dict or row is wrapped
   * as {@code {_value: v}}.
   *
   * @return false when the sink wanted no more
   */
  boolean iterate(Scope scope, Object value, Sink out);

  /** The text of a value, as string coercion makes it; NULL is {@code Null}. */
  String text(Scope scope, Object value);

  /**
   * The value as it leaves the engine: lazy values reduced, queries replaced by lists of their
   * rows, lists treated recursively. Dicts are not traversed.
   */
  Object normalise(Scope scope, Object value);
}
