package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.minivql.Execution;
import org.minivql.PlanStep;
import org.minivql.QueryOptions;
import org.minivql.Vql;

/** What the plan of a program tells about its operators. */
class ExplainTest {
  private final Vql vql = Vql.builder().build();

  private List<PlanStep> explain(String text) {
    try (Execution session = vql.session(QueryOptions.defaults())) {
      return session.explain(vql.compile(text), row -> true);
    }
  }

  /** Each part as depth, runs of queries, rows in and out, and its text. */
  private List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (PlanStep step : explain(text)) {
      boolean isQuery = step.kind() == PlanStep.Kind.QUERY;
      String counts = isQuery ? step.runs() + "x " : step.rowsIn() + ">";
      lines.add("  ".repeat(step.depth()) + counts + step.rowsOut() + " " + step.text());
    }
    return lines;
  }

  @Test
  void everyOperatorCountsItsRows() {
    assertThat(lines("SELECT _value AS V FROM range(end=10) WHERE V > 2 ORDER BY V DESC LIMIT 3"))
        .containsExactly(
            "1x 3 SELECT _value AS V FROM range(end=10) WHERE V > 2 ORDER BY V DESC LIMIT 3",
            "  10>10 FROM range(end=10)",
            "  10>7 WHERE V > 2",
            "  7>7 SELECT _value AS V",
            "  7>3 ORDER BY V DESC",
            "  3>3 LIMIT 3");
  }

  @Test
  void groupsAreCounted() {
    assertThat(lines("SELECT count() AS C FROM range(end=9) WHERE _value GROUP BY _value > 4"))
        .containsExactly(
            "1x 2 SELECT count() AS C FROM range(end=9) WHERE _value GROUP BY _value > 4",
            "  9>9 FROM range(end=9)",
            "  9>8 WHERE _value",
            "  8>2 SELECT count() AS C GROUP BY _value > 4");
  }

  @Test
  void queriesBelowOthersFollowTheOperatorThatRunsThem() {
    assertThat(
            lines(
                "SELECT {SELECT 1 FROM scope()} AS A FROM foreach(row={SELECT * FROM"
                    + " range(end=3)}, query={SELECT _value FROM range(end=2)})"))
        .filteredOn(line -> line.contains("x "))
        .extracting(line -> line.replaceAll(" FROM (\\w+\\().*", " FROM $1"))
        .containsExactly(
            "1x 6 SELECT { SELECT 1 FROM scope(",
            "    1x 3 SELECT * FROM range(",
            "    3x 6 SELECT _value FROM range(",
            "    6x 6 SELECT 1 FROM scope(");
  }

  @Test
  void definitionsTellHowOftenTheyRan() {
    List<String> lines =
        lines("LET X = SELECT * FROM range(end=2) LET Y <= SELECT * FROM X SELECT * FROM X");

    assertThat(lines)
        .contains(
            "2x 4 LET X = SELECT * FROM range(end=2)",
            "1x 2 LET Y <= SELECT * FROM X",
            "1x 2 SELECT * FROM X");
  }

  @Test
  void workersAreCountedTogether() {
    assertThat(
            lines(
                "SELECT * FROM foreach(row={SELECT * FROM range(end=100)}, workers=4,"
                    + " query={SELECT _value FROM scope()})"))
        .contains("    100x 100 SELECT _value FROM scope()");
  }

  @Test
  void nothingIsMeasuredAfterwards() {
    try (Execution session = vql.session(QueryOptions.defaults())) {
      session.explain(vql.compile("LET X = SELECT * FROM range(end=2)"), row -> true);
      List<Object> rows = new ArrayList<>();
      session.run(vql.compile("SELECT * FROM X"), rows::add);
      assertThat(rows).hasSize(2);
    }
  }

  @Property(tries = 60)
  void countsAreThoseOfTheRows(
      @ForAll @IntRange(max = 40) int rows,
      @ForAll @IntRange(max = 45) int least,
      @ForAll @IntRange(min = 1, max = 50) int limit) {
    List<PlanStep> steps =
        explain(
            String.format(
                "SELECT _value AS V FROM range(end=%d) WHERE V >= %d ORDER BY V LIMIT %d",
                rows, least, limit));
    long passed = Math.max(0, rows - least);
    long given = Math.min(passed, limit);

    assertThat(steps)
        .extracting(PlanStep::rowsIn)
        .containsExactly(given, (long) rows, (long) rows, passed, passed, given);
    assertThat(steps)
        .extracting(PlanStep::rowsOut)
        .containsExactly(given, (long) rows, passed, passed, given, given);
    assertThat(steps).allMatch(step -> !step.time().isNegative());
    assertThat(steps.get(0).time())
        .isGreaterThanOrEqualTo(
            steps.stream().skip(1).map(PlanStep::time).reduce(Duration.ZERO, Duration::plus));
  }

  @Test
  void theCommandPrintsATable() {
    Run run = Run.of("explain", "LET X = 1 SELECT X FROM range(end=4) WHERE _value");

    assertThat(run.status()).isZero();
    assertThat(run.out().replaceAll("\\d+\\.\\d ms", "# ms").replaceAll(" +# ms", " # ms"))
        .isEqualTo(
            "    runs     rows in    rows out        time  plan\n"
                + "       1                       0 # ms  1. LET X = 1\n"
                + "       1                       3 # ms  2. SELECT X FROM range(end=4) WHERE"
                + " _value\n"
                + "                   4           4 # ms     FROM range(end=4)\n"
                + "                   4           3 # ms     WHERE _value\n"
                + "                   3           3 # ms     SELECT X\n");
  }
}
