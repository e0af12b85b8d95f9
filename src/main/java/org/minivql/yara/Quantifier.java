package org.minivql.yara;

/** How many of some things must hold. */
@FunctionalInterface
interface Quantifier {
  /** Whether that many of all are enough. */
  boolean enough(Scan scan, long holding, long all);

  static Quantifier word(String word) {
    return switch (word) {
      case "all" -> (scan, holding, all) -> holding == all;
      case "any" -> (scan, holding, all) -> holding > 0;
      default -> (scan, holding, all) -> holding == 0;
    };
  }

  /** At least so many; exactly none for 0. */
  static Quantifier least(Condition number) {
    return (scan, holding, all) ->
        number.eval(scan) instanceof Long n && (n == 0 ? holding == 0 : holding >= n);
  }

  static Quantifier percent(Condition number) {
    return (scan, holding, all) ->
        number.eval(scan) instanceof Long n && holding >= Math.ceil(all * n / 100.0);
  }
}
