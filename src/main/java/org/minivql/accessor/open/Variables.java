package org.minivql.accessor.open;

import org.minivql.value.Lazy;
import org.minivql.value.Scope;
import org.minivql.value.StoredExpression;
import org.minivql.value.Values;

/** Variables of the query that accessors look at. */
public final class Variables {
  private Variables() {}

  /**
   * What a name stands for, evaluated where that was put off; absent where it stands for nothing.
   */
  public static Object value(Scope scope, String name) {
    return evaluated(scope, scope.resolve(name));
  }

  /** The value itself where its evaluation was put off. */
  public static Object evaluated(Scope scope, Object value) {
    Object known = value instanceof Lazy lazy ? lazy.get() : value;
    return known instanceof StoredExpression expression
        ? Values.reduce(expression.evaluate(scope))
        : known;
  }
}
