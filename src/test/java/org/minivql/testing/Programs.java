package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Random programs that do something: definitions that use those before, queries over rows that they
 * make, names that hide each other. They trace with {@code trace(tag=, value=)} and take rows from
 * {@code rows(n=, tag=)}, which a test has to have.
 */
final class Programs {
  private static final int DEPTH = 3;
  private static final int DEEPEST_QUERY = 3;

  private final Choices choices;
  private final ProgramNames names = new ProgramNames();
  private final ProgramExpressions expressions;
  private int nested;

  Programs(List<Integer> numbers) {
    this.choices = new Choices(numbers);
    this.expressions = new ProgramExpressions(choices, names);
    expressions.queries(this::select);
  }

  /** Three to eight statements, of which the last one is a SELECT. */
  String program() {
    List<String> statements = new ArrayList<>();
    int more = 2 + choices.below(6);
    for (int i = 0; i < more; i++) {
      statements.add(choices.once(3) ? select() : let());
    }
    statements.add(select());
    return String.join("\n", statements);
  }

  private String let() {
    return switch (choices.below(8)) {
      case 0 -> "LET " + choices.of(ProgramNames.VALUES) + " <= " + value(DEPTH);
      case 1 -> lazyValue();
      case 6 -> "LET " + choices.of(ProgramNames.VALUES) + " <= " + expressions.dict(1);
      case 7 -> "LET " + choices.of(ProgramNames.VALUES) + " <= " + expressions.set();
      case 2, 3 -> function();
      default -> query();
    };
  }

  private String lazyValue() {
    int at = choices.below(ProgramNames.VALUES.size() - 1);
    String body = names.below(at, 0, () -> value(DEPTH));
    return "LET " + ProgramNames.VALUES.get(at) + " = " + body;
  }

  private String function() {
    int at = choices.below(3) * 2;
    List<String> parameters = new ArrayList<>();
    String declared = parameters(parameters, at);
    String body = names.body(at, () -> value(DEPTH));
    String name = ProgramNames.DEFINITIONS.get(at);
    names.define(new ProgramNames.Definition(name, false, parameters));
    return "LET " + name + declared + " = " + body;
  }

  private String query() {
    int at = choices.below(3) * 2 + 1;
    List<String> parameters = new ArrayList<>();
    boolean kept = choices.once(3);
    String declared = kept && !choices.once(6) ? "" : parameters(parameters, at);
    String body = names.body(at, this::select);
    String name = ProgramNames.DEFINITIONS.get(at);
    names.define(new ProgramNames.Definition(name, true, parameters));
    return "LET " + name + declared + (kept ? " <= " : " = ") + body;
  }

  private String parameters(List<String> named, int definition) {
    List<String> declared = new ArrayList<>();
    for (String name : ProgramNames.VALUES) {
      if (choices.once(2) && declared.size() < 3) {
        named.add(name);
        declared.add(choices.once(3) ? name + "=" + byDefault(definition) : name);
      }
    }
    if (ProgramNames.last(definition) && choices.once(2)) {
      named.add(ProgramNames.QUERY);
      declared.add(ProgramNames.QUERY);
    }
    return declared.isEmpty() ? "" : "(" + String.join(", ", declared) + ")";
  }

  private String byDefault(int definition) {
    return names.below(ProgramNames.VALUES.size(), definition, () -> expressions.bound(1));
  }

  private String value(int depth) {
    return expressions.value(depth - nested);
  }

  /** A query; deep down one that is simple. */
  String select() {
    if (nested >= DEEPEST_QUERY) {
      return "SELECT " + expressions.leaf() + " AS a FROM scope()";
    }
    nested++;
    try {
      return clauses();
    } finally {
      nested--;
    }
  }

  private String clauses() {
    StringBuilder text = new StringBuilder("SELECT ");
    List<String> columns = new ArrayList<>();
    int more = choices.below(4);
    for (int i = 0; i <= more && more < 3; i++) {
      columns.add(column());
    }
    text.append(columns.isEmpty() ? "*" : String.join(", ", columns))
        .append(" FROM ")
        .append(source());
    if (choices.once(3)) {
      text.append(" WHERE ").append(value(DEPTH));
    }
    if (choices.once(5)) {
      text.append(" GROUP BY ").append(value(DEPTH - 1));
      text.append(choices.once(4) ? ", " + expressions.leaf() : "");
    }
    if (choices.once(4)) {
      text.append(" ORDER BY ")
          .append(choices.of(ProgramNames.VALUES))
          .append(choices.of("", " DESC"));
    }
    if (choices.once(4)) {
      text.append(" LIMIT ").append(choices.below(4));
    }
    return text.toString();
  }

  private String column() {
    return switch (choices.below(10)) {
      case 0 -> names.value(choices);
      case 1, 2 -> "*";
      case 3 -> nested < DEEPEST_QUERY ? "{" + select() + "}" + alias() : value(DEPTH) + alias();
      case 4 -> stored();
      default -> value(DEPTH) + alias();
    };
  }

  private String alias() {
    return " AS "
        + (choices.once(12) ? choices.of("F", "P", "v") : choices.of(ProgramNames.VALUES));
  }

  /** A stored query as a column, under a name that nothing mentions. */
  private String stored() {
    ProgramNames.Definition query = names.definition(choices, true);
    if (query == null) {
      return value(DEPTH) + alias();
    }
    return query.name() + (choices.once(3) ? expressions.arguments(query, 1) : "") + " AS v";
  }

  private String source() {
    if (nested >= DEEPEST_QUERY) {
      return choices.of("scope()", "range(end=2)");
    }
    return switch (choices.below(17)) {
      case 0 -> "scope()";
      case 1, 2 -> "range(end=" + (1 + choices.below(3)) + ")";
      case 3, 4 -> "foreach(row=" + items() + ")";
      case 5 -> "foreach(row=" + rows() + ", query=" + braces() + ")";
      case 6 -> "foreach(row=" + items() + ", query=" + braces() + ")";
      case 7, 8 -> "rows(n=" + value(1) + ", tag=" + expressions.tag() + ")";
      case 9, 10, 11 -> variable();
      case 12 -> "if(condition=" + value(2) + ", then=" + rows() + ", else=" + rows() + ")";
      case 13 -> "chain(x=" + rows() + ", b=" + rows() + ")";
      case 15 -> "flatten(query=" + rows() + ")";
      case 14 -> "switch(x=" + rows() + ", b=" + rows() + ")";
      default -> "foreach(row=" + items() + ", column='" + choices.of("a", "b") + "')";
    };
  }

  private String braces() {
    return "{" + select() + "}";
  }

  /** An argument that gives rows. */
  private String rows() {
    ProgramNames.Definition query = choices.once(3) ? names.definition(choices, true) : null;
    if (query != null) {
      return query.name() + (choices.once(3) ? expressions.arguments(query, 1) : "");
    }
    return choices.once(4) ? items() : braces();
  }

  private String items() {
    if (choices.once(3)) {
      return choices.once(2) ? names.value(choices) : expressions.argument(2);
    }
    List<String> items = new ArrayList<>();
    int more = 2 + choices.below(2);
    for (int i = 0; i < more; i++) {
      items.add(item());
    }
    return "(" + String.join(", ", items) + ")";
  }

  private String item() {
    String first = choices.of(ProgramNames.VALUES) + "=";
    return switch (choices.below(5)) {
      case 3 -> expressions.leaf();
      case 4 -> "dict(" + first + expressions.dict(1) + ")";
      default ->
          "dict(" + first + value(2) + ", " + choices.of("a", "b", "c") + "=" + value(1) + ")";
    };
  }

  private String variable() {
    if (names.mayMentionQuery() && choices.once(2)) {
      return ProgramNames.QUERY;
    }
    ProgramNames.Definition definition = names.definition(choices, !choices.once(3));
    if (definition == null || choices.once(3)) {
      return choices.once(2) ? names.value(choices) + choices.of("", "", ".a") : "range(end=2)";
    }
    return definition.name() + (choices.once(2) ? expressions.arguments(definition, 2) : "");
  }
}
