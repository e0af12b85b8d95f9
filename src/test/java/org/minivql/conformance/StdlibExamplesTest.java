package org.minivql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.format.Json;

/** Runs every example of the library's description that a program can read. */
class StdlibExamplesTest {
  private static final Vql ENGINE = Vql.builder().build();

  private final Map<String, String> deviations = Deviations.reasons();

  @Test
  void examplesHold() throws IOException {
    List<String> failures = new ArrayList<>();
    int held = 0;
    for (StdlibDocument.Example example : StdlibDocument.read().examples()) {
      String got = check(example);
      if (got == null) {
        held++;
      } else if (!deviations.containsKey("stdlib:" + example.line())) {
        failures.add(
            example.line() + ": " + example.query() + " → " + example.expected() + " but " + got);
      }
    }
    System.out.printf("library: %d examples hold%n", held);
    assertThat(failures).isEmpty();
    assertThat(held).isGreaterThan(165);
  }

  @Test
  void textsOfTimesAreReadOrNot() throws IOException {
    StdlibDocument document = StdlibDocument.read();
    List<String> read = document.times(true);
    List<String> refused = document.times(false);
    assertThat(read).hasSizeGreaterThan(50).allMatch(text -> time(text) != null);
    assertThat(refused).hasSizeGreaterThan(10).allMatch(text -> time(text) == null);
    System.out.printf("library: %d texts of times%n", read.size() + refused.size());
  }

  private static Object time(String text) {
    List<Object> cells = new ArrayList<>();
    ENGINE
        .compile("SELECT timestamp(string=T) AS X FROM scope()")
        .run(QueryOptions.defaults().withEnv(Map.of("T", text)), row -> cells.add(row.get("X")));
    return cells.get(0);
  }

  /** Null where the example holds, else what came instead. */
  private static String check(StdlibDocument.Example example) {
    List<Object> rows = new ArrayList<>();
    QueryOptions options = QueryOptions.defaults().withTimeout(Duration.ofSeconds(20));
    try (Execution session = ENGINE.session(options)) {
      session.run(
          ENGINE.compile(example.query()),
          row -> {
            rows.add(Cases.parse(Json.text(session.scope(), row)));
            return true;
          });
    } catch (VqlSyntaxException e) {
      return e.getMessage();
    }
    for (Object candidate : candidates(example, rows)) {
      if (matches(example.expected(), candidate)) {
        return null;
      }
    }
    return Json.text(rows);
  }

  /** Results are written as rows, as the only row, or as what is in the only column. */
  private static List<Object> candidates(StdlibDocument.Example example, List<Object> rows) {
    List<Object> candidates = new ArrayList<>();
    candidates.add(rows);
    List<Object> cells = new ArrayList<>();
    rows.forEach(row -> cells.addAll(((Map<?, ?>) row).values()));
    candidates.add(cells);
    if (rows.size() == 1) {
      candidates.add(rows.get(0));
      candidates.add(cells.get(0));
    }
    return candidates;
  }

  private static boolean matches(String expected, Object value) {
    if (expected.equals(value)) {
      return true;
    }
    String json =
        expected
            .replaceAll("([{,]) ?(\\w+):(?!//)", "$1\"$2\":")
            .replace("⊥", "null")
            .replace("FALSE", "false")
            .replace("TRUE", "true");
    for (String text : List.of(json, "[" + json + "]")) {
      try {
        if (Same.same(Cases.parse(text), value)) {
          return true;
        }
      } catch (IllegalArgumentException e) {
        continue;
      }
    }
    return false;
  }
}
