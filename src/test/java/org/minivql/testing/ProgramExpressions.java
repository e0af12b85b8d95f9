package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Random expressions that mean something where they stand, with traces all over them. */
final class ProgramExpressions {
  private static final String[] COMPARISONS = {"=", "!=", "<", ">", "<=", ">=", "=~", "IN", "<>"};

  private final Choices choices;
  private final ProgramNames names;
  private Supplier<String> queries = () -> "SELECT 1 AS a FROM scope()";
  private int tags;
  private boolean inLambda;

  ProgramExpressions(Choices choices, ProgramNames names) {
    this.choices = choices;
    this.names = names;
  }

  /** Where queries in braces come from. */
  void queries(Supplier<String> maker) {
    queries = maker;
  }

  int tag() {
    return ++tags;
  }

  /** An expression that may stand anywhere: in parentheses where it has operators. */
  String value(int depth) {
    if (depth <= 0) {
      return leaf();
    }
    int d = depth - 1;
    return switch (choices.below(27)) {
      case 0, 1, 2 -> leaf();
      case 3, 4, 5 -> "trace(tag=" + tag() + ", value=" + value(d) + ")";
      case 6 -> "(" + value(d) + " + " + value(d) + choices.of("", " - 1", " + 'k'") + ")";
      case 7 -> "(" + value(d) + choices.of(" * ", " / ") + value(d) + ")";
      case 8, 9 -> "(" + value(d) + " " + choices.of(COMPARISONS) + " " + value(d) + ")";
      case 10 -> "(" + value(d) + choices.of(" AND ", " && ") + value(d) + ")";
      case 11 -> "(" + value(d) + choices.of(" OR ", " || ", " | ") + value(d) + ")";
      case 12 -> "(NOT " + value(d) + ")";
      case 13 -> choose(d);
      case 14 -> dict(d);
      case 15 -> "(" + value(d) + ", " + value(d) + ")";
      case 16 -> "(" + base(d) + choices.of(".a", ".b", "[0]", "[-1]", "[1:]", "['a']") + ")";
      case 17 -> "(" + base(d) + "[" + base(d) + "])";
      case 18 -> function(d);
      case 19, 20, 24 -> call(d);
      case 21, 22 -> aggregate(d);
      case 23 -> set();
      case 25 -> constants();
      default -> query(d);
    };
  }

  /** What a compiler may decide. */
  private String constants() {
    return choices.once(3)
        ? "('" + choices.of("k", "a1") + "' =~ '" + choices.of("", "K", "^1", "a.") + "')"
        : "(" + choices.below(3) + " " + choices.of(COMPARISONS) + " " + choices.below(3) + ")";
  }

  String leaf() {
    return switch (choices.below(10)) {
      case 0 -> Integer.toString(choices.below(4));
      case 1, 2, 3 -> names.value(choices);
      case 4 -> "'" + choices.of("k", "", "a", "1") + "'";
      case 5 -> "trace(tag=" + tag() + ", value=" + names.value(choices) + ")";
      case 6 -> "trace(tag=" + tag() + ", value=" + choices.below(3) + ")";
      case 7 -> choices.of("TRUE", "NULL", "FALSE", "1.5", "-2");
      case 8 -> "(" + names.value(choices) + choices.of(".a", ".b", "[0]") + ")";
      default -> "-" + names.value(choices);
    };
  }

  private String base(int depth) {
    return "(" + value(depth) + ")";
  }

  /** An argument that is looked at where it stands: a value, a list, or a query in braces. */
  String argument(int depth) {
    return depth > 0 && !inLambda && choices.once(7) ? "{" + queries.get() + "}" : bound(depth);
  }

  /** An argument that gets a name: no query, which might find itself under that name. */
  String bound(int depth) {
    return choices.once(7) ? "[" + value(depth) + ", " + value(depth) + "]" : value(depth);
  }

  /** A query for a parameter that only the last definitions mention. */
  private String boundQuery() {
    return inLambda ? "NULL" : names.withoutLast(() -> "{" + queries.get() + "}");
  }

  private String choose(int depth) {
    String condition = "if(condition=" + value(depth);
    String then = ", then=" + choices.of(value(depth), "[" + value(depth) + ", 1]");
    return condition + then + (choices.once(3) ? ")" : ", else=" + value(depth) + ")");
  }

  private String function(int depth) {
    return switch (choices.below(9)) {
      case 0 -> "len(list=" + argument(depth) + ")";
      case 1 -> "format(format='%v/%v', args=(" + value(depth) + ", " + value(depth) + "))";
      case 2 -> "get(item=" + argument(depth) + ", member='" + choices.of("a", "0", "b.a") + "')";
      case 3 -> "get(member='" + choices.of("a", "b", "x", "c.a") + "')";
      case 4 -> "(scope()." + names.value(choices) + ")";
      case 5 -> lambda("eval(func=", ", args=[" + value(depth) + ", ])", depth);
      case 6 -> lambda("filter(condition=", ", list=" + bound(depth) + ")", depth);
      case 7 ->
          lambda(choices.of("any", "all") + "(filter=", ", items=" + bound(depth) + ")", depth);
      default -> "len(list=" + value(depth) + ", nosuch=" + value(depth) + ")";
    };
  }

  /** Changes a dict, but never puts it into itself. */
  String set() {
    String item = "set(item=" + names.value(choices) + ", field='" + choices.of("a", "b", "x");
    return item + "', value=trace(tag=" + tag() + ", value=" + choices.below(9) + "))";
  }

  /** A dict; its members come in several orders, so that dicts seldom have the same shape. */
  String dict(int depth) {
    String a = "a=" + value(depth);
    String b = "b=" + argument(depth);
    return switch (choices.below(5)) {
      case 1 -> "dict(" + b + ", " + a + ")";
      case 2 -> "dict(" + a + ", " + b + ", a=" + leaf() + ")";
      case 3 -> "dict(x=" + leaf() + ", " + a + ")";
      case 4 -> "dict(c=" + leaf() + ", " + b + ", " + a + ")";
      default -> "dict(" + a + ", " + b + ")";
    };
  }

  private String lambda(String before, String after, int depth) {
    if (inLambda) {
      return leaf();
    }
    inLambda = true;
    try {
      return before + "\"" + choices.of("x", "a", "_value") + " => " + value(depth) + "\"" + after;
    } finally {
      inLambda = false;
    }
  }

  private String aggregate(int depth) {
    return switch (choices.below(6)) {
      case 0, 1 -> "count()";
      case 2 -> "sum(item=" + value(depth) + ")";
      case 3 -> "min(item=" + value(depth) + ")";
      case 4 -> "max(item=" + value(depth) + ")";
      default -> "enumerate(items=" + value(depth) + ")";
    };
  }

  private String call(int depth) {
    ProgramNames.Definition function = names.definition(choices, false);
    if (function == null) {
      return choices.once(20) ? "nosuch(a=" + value(depth) + ")" : leaf();
    }
    return switch (choices.below(6)) {
      case 4 -> function.name();
      case 5 -> function.name() + ".a";
      default -> choices.of("", "", "-") + function.name() + arguments(function, depth);
    };
  }

  /** The arguments of a definition: most of its parameters, in any order. */
  String arguments(ProgramNames.Definition definition, int depth) {
    List<String> given = new ArrayList<>();
    for (String parameter : definition.parameters()) {
      if (!choices.once(3)) {
        boolean query = parameter.equals(ProgramNames.QUERY);
        String value = query ? boundQuery() : bound(depth);
        given.add(choices.below(2) * given.size(), parameter + "=" + value);
      }
    }
    if (choices.once(8)) {
      given.add(choices.of(ProgramNames.VALUES) + "=" + bound(depth));
    }
    return "(" + String.join(", ", given) + ")";
  }

  private String query(int depth) {
    String called = stored();
    if (called == null) {
      return leaf();
    }
    return switch (choices.below(8)) {
      case 0, 1 -> "(" + called + ".a)";
      case 2 -> "(" + called + "[" + choices.below(3) + "])";
      case 3 -> "len(list=" + called + ")";
      case 4 -> "dict(a=" + called + ")";
      case 5 ->
          "if(condition=" + called + ", then=" + value(depth) + ", else=" + value(depth) + ")";
      case 6 -> "(" + value(depth) + " IN " + called + ".a)";
      default -> "get(item=" + called + ", member='" + choices.of("a", "0", "0.a") + "')";
    };
  }

  /** A query by its name, perhaps with arguments; null where there is none. */
  private String stored() {
    if (names.mayMentionQuery() && choices.once(2)) {
      return ProgramNames.QUERY;
    }
    ProgramNames.Definition query = names.definition(choices, true);
    if (query == null) {
      return null;
    }
    return choices.once(3) ? query.name() + arguments(query, 1) : query.name();
  }
}
