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
    assertThat(read.stream().map(text -> Json.text(time(text)).replace("\"", "")).toList())
        .isEqualTo(INSTANTS);
    assertThat(refused).hasSizeGreaterThan(10).allMatch(text -> time(text) == null);
    System.out.printf("library: %d texts of times%n", read.size() + refused.size());
  }

  /** What the texts above say, in their order: by hand, from the rules beside them. */
  private static final List<String> INSTANTS =
      List.of(
          "2009-08-12T22:15:09Z",
          "2023-01-02T03:04:00Z",
          "2023-01-02T03:04:00Z",
          "2023-01-02T03:04:05Z",
          "2014-04-26T05:13:43Z",
          "2017-07-19T03:21:51Z",
          "2014-12-16T06:20:00Z",
          "2012-08-03T18:31:59.257Z",
          "2014-04-26T00:00:00Z",
          "2014-04-01T00:00:00Z",
          "2023-01-02T00:00:00Z",
          "2023-01-02T03:04:05Z",
          "2020-07-19T16:00:00Z",
          "2014-03-31T00:00:00Z",
          "2014-03-31T00:00:00Z",
          "1971-08-01T00:00:00Z",
          "2014-04-08T22:05:00Z",
          "2014-04-02T15:00:51Z",
          "2012-03-19T10:11:59.3186369Z",
          "2014-03-31T00:00:00Z",
          "2014-04-08T22:05:00Z",
          "2012-03-19T10:11:59.3186369Z",
          "2014-03-31T00:00:00Z",
          "2014-04-08T22:05:00Z",
          "2014-03-31T00:00:00Z",
          "1971-08-21T00:00:00Z",
          "2014-03-01T00:00:00Z",
          "2014-03-30T00:00:00Z",
          "2009-05-08T17:57:51Z",
          "1970-10-07T00:00:00Z",
          "1970-10-07T00:00:00Z",
          "1970-10-07T00:00:00Z",
          "2019-03-03T00:00:00Z",
          "2006-01-02T15:04:00Z",
          "2012-09-17T18:09:00Z",
          "2006-02-12T19:17:00Z",
          "2019-05-14T19:11:40.164Z",
          "1970-10-07T00:00:00Z",
          "2013-07-01T00:00:00Z",
          "2013-02-03T00:00:00Z",
          "2023-01-02T00:00:00Z",
          "2023-01-02T00:00:00Z",
          "2006-01-02T15:04:05Z",
          "2006-01-02T22:04:05Z",
          "2006-01-02T22:04:05Z",
          "2006-01-02T15:04:05Z",
          "2017-07-11T14:28:13Z",
          "2015-07-03T17:04:07Z",
          "2008-01-06T22:04:05Z",
          "2019-12-28T14:09:47Z",
          "2017-11-13T14:14:20Z",
          "0000-06-07T00:00:00Z",
          "0000-08-17T10:11:12Z",
          "2012-10-11T00:00:00Z");

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
