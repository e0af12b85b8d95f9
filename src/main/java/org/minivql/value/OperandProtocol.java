package org.minivql.value;

/**
 * Lets an {@link Operand} answer for itself.
 *
 * @since 0.1.0
 */
public final class OperandProtocol implements Protocol {
  /** The protocol; it has no state. */
  public OperandProtocol() {}

  private static Object passed(Object answer) {
    return answer == Absent.ABSENT ? PASS : answer;
  }

  @Override
  public Object add(Scope scope, Object a, Object b) {
    return a instanceof Operand left ? passed(left.add(scope, b)) : PASS;
  }

  @Override
  public Object equal(Scope scope, Object a, Object b) {
    if (a instanceof Operand left) {
      Object answer = left.equalTo(scope, b);
      if (answer != Absent.ABSENT) {
        return answer;
      }
    }
    return b instanceof Operand right ? passed(right.equalTo(scope, a)) : PASS;
  }

  @Override
  public Object less(Scope scope, Object a, Object b) {
    Object order = order(scope, a, b);
    return order == PASS ? PASS : (Object) ((Integer) order < 0);
  }

  @Override
  public Object greater(Scope scope, Object a, Object b) {
    Object order = order(scope, a, b);
    return order == PASS ? PASS : (Object) ((Integer) order > 0);
  }

  private static Object order(Scope scope, Object a, Object b) {
    if (a instanceof Operand left) {
      Object answer = left.compareWith(scope, b);
      if (answer != Absent.ABSENT) {
        return answer;
      }
    }
    if (b instanceof Operand right) {
      Object answer = right.compareWith(scope, a);
      return answer == Absent.ABSENT ? PASS : (Object) (-(Integer) answer);
    }
    return PASS;
  }

  @Override
  public Object matches(Scope scope, Object target, String pattern) {
    if (!(target instanceof Operand operand)) {
      return PASS;
    }
    Patterns.Search search = scope.patterns().search(scope, pattern);
    return search != null && search.find(scope, operand.text());
  }

  @Override
  public Object truth(Scope scope, Object value) {
    return value instanceof Operand operand ? operand.truth() : PASS;
  }

  @Override
  public Object get(Scope scope, Object a, Object key) {
    return a instanceof Operand operand ? passed(operand.get(scope, key)) : PASS;
  }

  @Override
  public Object slice(Scope scope, Object a, Object from, Object to) {
    return a instanceof Operand operand ? passed(operand.slice(scope, from, to)) : PASS;
  }

  @Override
  public Object text(Scope scope, Object value) {
    return value instanceof Operand operand ? operand.text() : PASS;
  }
}
