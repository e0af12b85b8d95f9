package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The names of a random program. Few, so that they hide each other; and in an order: what is kept
 * unevaluated mentions only names before its own, so that no program is endless.
 */
final class ProgramNames {
  /** Names of values: columns, parameters, and LETs of an expression. */
  static final List<String> VALUES = List.of("a", "b", "c", "x", "_value");

  /** Functions at even places, queries at odd ones. */
  static final List<String> DEFINITIONS = List.of("F", "P", "G", "Q", "H", "R");

  /** A parameter for queries. Only the last definitions have it and mention it. */
  static final String QUERY = "q";

  /** From this place on definitions are the last ones. */
  private static final int LAST = 4;

  /** A definition that a program has made. */
  record Definition(String name, boolean query, List<String> parameters) {}

  private final List<Definition> definitions = new ArrayList<>();
  private int values = VALUES.size();
  private int calls = DEFINITIONS.size();
  private boolean query;

  static boolean last(int definition) {
    return definition >= LAST;
  }

  boolean mayMentionQuery() {
    return query;
  }

  /** Makes what may mention only names before the last definitions. */
  <T> T withoutLast(Supplier<T> maker) {
    return below(values, LAST, maker);
  }

  /** Makes the body of a definition. */
  <T> T body(int definition, Supplier<T> maker) {
    return below(
        VALUES.size(),
        definition,
        () -> {
          query = last(definition);
          return maker.get();
        });
  }

  /** Makes what may mention only names before these. */
  <T> T below(int valuesBelow, int callsBelow, Supplier<T> maker) {
    int outerValues = values;
    int outerCalls = calls;
    boolean outerQuery = query;
    query = false;
    values = Math.min(values, valuesBelow);
    calls = Math.min(calls, callsBelow);
    try {
      return maker.get();
    } finally {
      values = outerValues;
      calls = outerCalls;
      query = outerQuery;
    }
  }

  void define(Definition definition) {
    definitions.removeIf(d -> d.name().equals(definition.name()));
    definitions.add(definition);
  }

  /** A value that may be mentioned; one that nothing has now and then. */
  String value(Choices choices) {
    if (values == 0 || choices.once(25)) {
      return values == 0 ? "nothing" : choices.of("nothing", "_value");
    }
    return VALUES.get(Math.min(choices.below(values), choices.below(values)));
  }

  /** A definition that may be mentioned, or null. */
  Definition definition(Choices choices, boolean query) {
    List<Definition> allowed =
        definitions.stream()
            .filter(d -> d.query() == query && DEFINITIONS.indexOf(d.name()) < calls)
            .toList();
    return allowed.isEmpty() ? null : choices.of(allowed);
  }
}
