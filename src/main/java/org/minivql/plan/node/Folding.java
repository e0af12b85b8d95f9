package org.minivql.plan.node;

/** Comparisons of constants that can be decided when the query is compiled. */
public final class Folding {
  private Folding() {}

  public static ExprNode comparison(String operator, ExprNode left, ExprNode right) {
    if (left instanceof Constant a
        && right instanceof Constant b
        && a.value() instanceof Long x
        && b.value() instanceof Long y) {
      return new Constant(integers(operator, x, y));
    }
    return Compare.of(operator, left, right);
  }

  private static boolean integers(String operator, long x, long y) {
    return switch (operator) {
      case "=" -> x == y;
      case "!=" -> x != y;
      case "<" -> x < y;
      case "<=" -> x <= y;
      case ">" -> x > y;
      case ">=" -> x >= y;
      default -> false;
    };
  }
}
