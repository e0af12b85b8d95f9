package org.minivql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.value.Dict;
import org.minivql.value.Limit;

/** Each limit ends the run with its own error, closes what was open, and leaves the engine fit. */
@Timeout(60)
class QueryLimitsTest {
  private static final String ENDLESS = "SELECT * FROM range(end=1000000000000)";

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  private Vql engine() {
    return Vql.builder()
        .service(Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), null)))
        .build();
  }

  private QueryOptions options() {
    return QueryOptions.defaults()
        .withEnv(Map.of("Dir", folder.toString()))
        .withLog(line -> log.add(line.text()));
  }

  /** Runs to the end; whatever was claimed is given back. */
  private RunResult run(Vql engine, String program, QueryOptions options, List<Dict> rows) {
    Execution execution = engine.compile(program).start(options);
    RunResult result;
    try (execution) {
      result = execution.run(rows::add);
    }
    for (Limit limit : List.of(Limit.BYTES, Limit.THREADS, Limit.FILES)) {
      assertThat(execution.held(limit)).as(limit.name()).isZero();
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIME    | 50   | SELECT * FROM range(end=1000000000000) WHERE FALSE",
        "TIME    | 50   | SELECT sleep(time=1000) FROM scope()",
        "TIME    | 50   | SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000000)},"
            + " query={SELECT _value FROM scope() WHERE FALSE}, workers=3)",
        "ROWS    | 5    | SELECT * FROM range(end=6)",
        "ROWS    | 5    | SELECT * FROM range(end=3) SELECT * FROM range(end=3)",
        "SCANNED | 1000 | SELECT * FROM range(end=1000000000000) WHERE FALSE",
        "SCANNED | 1000 | SELECT count() AS C FROM range(end=2000) GROUP BY 1",
        "SCANNED | 1000 | SELECT * FROM foreach(row={SELECT * FROM range(end=700)},"
            + " query={SELECT * FROM scope() WHERE FALSE})",
        "BYTES   | 1000000 | LET X <= SELECT _value, 'some text' AS T FROM range(end=100000)",
        "BYTES   | 1000000 | SELECT _value FROM range(end=100000) ORDER BY _value DESC",
        "BYTES   | 1000000 | SELECT _value FROM range(end=100000) GROUP BY _value",
        "BYTES   | 1000000 | LET A <= SELECT _value FROM range(end=8000)"
            + " LET B <= SELECT _value FROM range(end=8000)",
        "MEMORY  | 1000000 | SELECT {SELECT _value FROM range(end=100000)} AS L FROM scope()",
        "MEMORY  | 1000000 | SELECT enumerate(items=_value) AS L FROM range(end=100000) GROUP BY 1",
        "DEPTH   | 50   | LET F(x) = F(x=x + 1) SELECT F(x=1) FROM scope()",
        "DEPTH   | 50   | LET Q(x) = SELECT * FROM Q(x=x + 1) SELECT * FROM Q(x=1)",
        "THREADS | 3    | SELECT * FROM foreach(row={SELECT * FROM range(end=9)}, workers=4,"
            + " query={SELECT _value FROM scope()})",
        "THREADS | 5    | SELECT * FROM foreach(row={SELECT * FROM range(end=9)}, workers=2,"
            + " query={SELECT * FROM foreach(row={SELECT * FROM range(end=9)}, workers=2,"
            + " query={SELECT * FROM foreach(row={SELECT * FROM range(end=9)}, workers=2,"
            + " query={SELECT _value FROM scope()})})})",
        "FILES   | 0    | SELECT read_file(filename=Dir + '/a') FROM scope()",
        "FILES   | 2    | SELECT * FROM foreach(row={SELECT * FROM parse_lines(filename=Dir + '/a')},"
            + " query={SELECT * FROM foreach(row={SELECT * FROM parse_lines(filename=Dir + '/a')},"
            + " query={SELECT * FROM parse_lines(filename=Dir + '/a')})})"
      })
  void eachEndsTheRunWithItsOwnError(Limit limit, long amount, String program) throws IOException {
    Files.writeString(folder.resolve("a"), "1\n2\n");
    Vql engine = engine();
    List<Dict> rows = new ArrayList<>();
    RunResult result = run(engine, program, options().withLimit(limit, amount), rows);
    assertThat(result.limit()).isNotNull();
    assertThat(result.limit().limit()).isEqualTo(limit);
    assertThat(result.limit().amount()).isEqualTo(amount);
    assertThat(result.limit().id()).isEqualTo("E-LIMIT-" + limit);
    assertThat(result.cancelled()).isFalse();
    assertThat(result.errors()).isEqualTo(1);
    assertThat(log).last().asString().startsWith("ERROR:Query ended: more than " + amount + " ");
    if (limit == Limit.ROWS) {
      assertThat(rows).hasSize((int) amount);
    }
    run(engine, "SELECT 1 AS A FROM scope()", options(), rows);
    assertThat(rows).last().isEqualTo(Dict.of("A", 1L));
  }

  @Test
  void whatIsWithinTheLimitsIsNotDisturbed() throws IOException {
    Files.writeString(folder.resolve("a"), "1\n2\n");
    QueryOptions options =
        options()
            .withTimeout(Duration.ofMinutes(1))
            .withMaxRows(6)
            .withLimit(Limit.SCANNED, 20)
            .withLimit(Limit.THREADS, 2)
            .withLimit(Limit.FILES, 1)
            .withLimit(Limit.DEPTH, 20);
    List<Dict> rows = new ArrayList<>();
    RunResult result =
        run(
            engine(),
            "SELECT * FROM foreach(row={SELECT * FROM range(end=3)}, workers=2,"
                + " query={SELECT _value FROM scope()})"
                + " SELECT * FROM foreach(row={SELECT * FROM range(end=3)},"
                + " query={SELECT read_file(filename=Dir + '/a') AS T FROM scope()})",
            options,
            rows);
    assertThat(result.limit()).isNull();
    assertThat(rows).hasSize(6);
    assertThat(log).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void aFullHeapEndsTheRunOnly() {
    Vql engine =
        Vql.builder()
            .namespace(
                new org.minivql.spi.Namespace() {
                  @Override
                  public String root() {
                    return "Full";
                  }

                  @Override
                  public Object value() {
                    return new org.minivql.value.Members() {
                      @Override
                      public Object member(String name) {
                        throw new OutOfMemoryError("pretended");
                      }

                      @Override
                      public List<String> memberNames() {
                        return List.of("heap");
                      }
                    };
                  }

                  @Override
                  public org.minivql.spi.Catalog.Plugin plugin(List<String> path) {
                    throw new OutOfMemoryError("pretended");
                  }
                })
            .build();
    for (String program :
        List.of(
            "SELECT Full.heap FROM scope()",
            "SELECT * FROM foreach(row={SELECT * FROM range(end=3)}, workers=2,"
                + " query={SELECT Full.heap FROM scope()})")) {
      RunResult result = run(engine, program, options(), new ArrayList<>());
      assertThat(result.limit().limit()).isEqualTo(Limit.MEMORY);
    }
    List<Dict> rows = new ArrayList<>();
    run(engine, "SELECT 1 AS A FROM scope()", options(), rows);
    assertThat(rows).containsExactly(Dict.of("A", 1L));
  }

  @Test
  void iteratorsGiveTheRowsBeforeTheError() {
    try (Rows rows = engine().compile(ENDLESS).rows(options().withMaxRows(3))) {
      for (long i = 0; i < 3; i++) {
        assertThat(rows.next().get("_value")).isEqualTo(i);
      }
      LimitException e = catchThrowableOfType(LimitException.class, rows::hasNext);
      assertThat(e.reached().limit()).isEqualTo(Limit.ROWS);
      assertThat(e).hasMessageStartingWith("E-LIMIT-ROWS: Query ended: more than 3 rows delivered");
    }
  }

  @Test
  void limitsOfASessionCountForEachProgram() {
    Vql engine = engine();
    Program two = engine.compile("SELECT * FROM range(end=2)");
    try (Execution session = engine.session(options().withMaxRows(2))) {
      for (int i = 0; i < 3; i++) {
        assertThat(session.run(two, row -> true).limit()).isNull();
      }
      Program three = engine.compile("SELECT * FROM range(end=3)");
      assertThat(session.run(three, row -> true).limit().limit()).isEqualTo(Limit.ROWS);
      assertThat(session.run(two, row -> true).limit()).isNull();
    }
  }

  @Test
  void theUsualLimitsAreOn() {
    for (Limit limit : Limit.values()) {
      assertThat(QueryOptions.defaults().limits().of(limit))
          .as(limit.name())
          .isPositive()
          .isLessThan(Long.MAX_VALUE);
    }
    assertThatThrownBy(() -> options().withLimit(Limit.ROWS, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsPerSelectAreNoError() {
    List<Dict> rows = new ArrayList<>();
    RunResult result = run(engine(), ENDLESS + " " + ENDLESS, options().withRowsPerSelect(2), rows);
    assertThat(result).isEqualTo(new RunResult(4, 0, null, false));
  }
}
