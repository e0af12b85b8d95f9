package org.minivql.testing;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random expressions over values of every type, well typed and not, without aggregates. */
public final class Expressions {
  private static final String[] VALUES = {
    "NULL",
    "TRUE",
    "FALSE",
    "0",
    "1",
    "-7",
    "42",
    "9223372036854775807",
    "-9223372036854775808",
    "0.0",
    "1.0",
    "2.5",
    "-0.25",
    "1e20",
    "1e400",
    "''",
    "'abc'",
    "'42'",
    "\"\\xff\\x00\"",
    "'é😀'",
    "(1, 2)",
    "('abc', 'x')",
    "(1, 'abc', NULL)",
    "dict(a=1)",
    "dict(a=dict(b=(1,2)), `c d`=2)",
    "dict()",
    "timestamp(epoch=42)",
    "timestamp(epoch=1700000000)",
    "scope()",
    "Q",
    "Q(x=2)",
    "EQ",
    "MQ",
    "E",
    "F(x=3)",
    "F()",
    "nosuch",
    "D.a",
    "D.a.b.c",
    "L[0]",
    "L[-1]",
    "L[1:]",
    "-E",
    "-D.a"
  };
  private static final String[] OPERATORS = {
    "+", "-", "*", "/", "=", "!=", "<>", "<", "<=", ">", ">=", "=~", "IN", "AND", "OR", "&&", "||"
  };
  private static final String[] MEMBERS = {"a", "b", "`c d`", "`@Keys`", "String", "nosuch", "`0`"};

  private Expressions() {}

  /** What the names in the expressions mean; to stand before the statement. */
  public static String definitions() {
    return "LET Q(x=1) = SELECT _value * x AS a FROM range(end=3) "
        + "LET EQ = SELECT 1 AS a FROM scope() WHERE 0 "
        + "LET MQ <= SELECT _value AS a FROM range(end=2) "
        + "LET E = 5 LET F(x, y=2) = x * y "
        + "LET D = dict(a=dict(b=(1, 2))) LET L = (10, 'b', NULL) ";
  }

  /** Expressions as text. */
  public static Arbitrary<String> texts() {
    return Arbitraries.randomValue(random -> expression(random, 1 + random.nextInt(5)));
  }

  /** Literals of every type as text. */
  public static Arbitrary<String> values() {
    return Arbitraries.of(VALUES);
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return VALUES[random.nextInt(VALUES.length)];
    }
    String a = expression(random, depth - 1);
    String b = expression(random, random.nextInt(depth));
    return switch (random.nextInt(14)) {
      case 0 -> "NOT " + a;
      case 1 -> "(" + a + ").`c d`.a";
      case 2 -> "(" + a + ")." + MEMBERS[random.nextInt(MEMBERS.length)];
      case 3 -> "(" + a + ")[(" + b + ")]";
      case 4 -> "(" + a + ")[(" + b + "):(" + a + ")]";
      case 5 -> "if(condition=" + a + ", then=" + b + ", else=" + a + ")";
      case 6 -> "len(list=" + a + ")";
      case 7 -> "format(format='%v|%d|%s|%x|%5.2f|%q', args=(" + a + ", " + b + "))";
      case 8 -> "get(item=" + a + ", member='a.b.0')";
      case 9 -> "dict(a=" + a + ", b=[" + b + ", 1])";
      case 10 -> "(" + a + ", " + b + ")";
      case 11 -> "split(string=" + a + ", sep='[a,]')";
      default -> "(" + a + ") " + OPERATORS[random.nextInt(OPERATORS.length)] + " (" + b + ")";
    };
  }
}
