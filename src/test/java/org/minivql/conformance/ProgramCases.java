package org.minivql.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.Execution;
import org.minivql.Program;
import org.minivql.RowHandler;
import org.minivql.StatementInfo;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** Runs the cases that are programs in an environment. */
final class ProgramCases {
  /**
   * What came of a case.
   *
   * @param reason why it failed; null when it passed
   * @param textReason why type or canonical text differ; null when they are right
   * @param logExpected how many log lines were expected
   * @param logFound how many of them came, in order where the order counts
   */
  record Outcome(String reason, String textReason, int logExpected, int logFound) {}

  private ProgramCases() {}

  @SuppressWarnings("unchecked")
  static Outcome run(Map<String, Object> testCase) {
    Environment environment = Environment.of((String) testCase.getOrDefault("env", "bare"));
    Vql engine = environment.engine();
    Program program;
    try {
      program = engine.compile((String) testCase.get("query"));
    } catch (VqlSyntaxException e) {
      return new Outcome(
          testCase.containsKey("error") ? null : "does not parse: " + e.getMessage(), null, 0, 0);
    }
    if (testCase.containsKey("error")) {
      return new Outcome("parses, but should not", null, 0, 0);
    }
    List<List<Object>> rows = new ArrayList<>();
    try (Execution execution = program.start(environment.options())) {
      execution.run(new Collector(rows));
    }
    List<Map<String, Object>> expected = (List<Map<String, Object>>) testCase.get("statements");
    boolean ordered = !Boolean.FALSE.equals(testCase.get("ordered"));
    String reason = compare(expected, rows, ordered, environment);
    if (reason == null && testCase.containsKey("markers")) {
      reason =
          Same.same(testCase.get("markers"), new ArrayList<>(environment.markers))
              ? null
              : "markers " + environment.markers + " instead of " + testCase.get("markers");
    }
    List<String> log = (List<String>) testCase.getOrDefault("log", List.of());
    return new Outcome(
        reason,
        texts(expected, program.statements()),
        LogLines.relevant(log).size(),
        LogLines.found(log, environment.log, ordered));
  }

  private static String compare(
      List<Map<String, Object>> expected,
      List<List<Object>> rows,
      boolean ordered,
      Environment environment) {
    if (environment.panicked) {
      return "panic() was reached";
    }
    if (expected.size() != rows.size()) {
      return rows.size() + " statements instead of " + expected.size();
    }
    for (int i = 0; i < rows.size(); i++) {
      List<?> wanted = (List<?>) expected.get(i).getOrDefault("rows", List.of());
      List<Object> got = withErrors(rows.get(i), environment);
      if (!(ordered ? Same.lists(wanted, got) : Same.multisets(wanted, got))) {
        return "statement " + i + ": " + got + " instead of " + wanted;
      }
    }
    return null;
  }

  /** The environment {@code args} shows argument errors as values. */
  private static List<Object> withErrors(List<Object> rows, Environment environment) {
    String error =
        environment.log.stream()
            .filter(line -> line.startsWith("parse: "))
            .findFirst()
            .map(line -> line.substring(7))
            .orElse(null);
    if (error == null) {
      return rows;
    }
    List<Object> shown = new ArrayList<>();
    for (Object row : rows) {
      Map<String, Object> copy = new LinkedHashMap<>();
      ((Map<?, ?>) row)
          .forEach(
              (name, value) ->
                  copy.put((String) name, value == null ? Map.of("ParseError", error) : value));
      shown.add(copy);
    }
    return shown;
  }

  private static String texts(List<Map<String, Object>> expected, List<StatementInfo> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      Map<String, Object> wanted = expected.get(i);
      if (!actual.get(i).text().equals(wanted.get("text"))) {
        return "text " + actual.get(i).text() + " instead of " + wanted.get("text");
      }
      if (!actual.get(i).type().name().equals(wanted.get("type"))) {
        return "type " + actual.get(i).type() + " instead of " + wanted.get("type");
      }
    }
    return null;
  }

  private record Collector(List<List<Object>> rows) implements RowHandler {
    @Override
    public void begin(StatementInfo statement) {
      rows.add(new ArrayList<>());
    }

    @Override
    public boolean row(Dict row) {
      rows.get(rows.size() - 1).add(Cases.parse(Json.text(row)));
      return true;
    }
  }
}
