package org.minivql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Principal;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;

/** The library as an application uses it. */
@Timeout(60)
class LibraryTest {
  private final Vql vql = Vql.builder().build();

  private List<Dict> rows(String text, QueryOptions options) {
    List<Dict> rows = new ArrayList<>();
    vql.compile(text).run(options, rows::add);
    return rows;
  }

  @Test
  void rowsComeThroughCallbackIteratorAndStream() {
    Program program = vql.compile("SELECT _value AS V FROM range(end=3)");
    List<Object> called = new ArrayList<>();
    program.run(QueryOptions.defaults(), row -> called.add(row.get("V")));
    List<Object> iterated = new ArrayList<>();
    try (Rows rows = program.rows(QueryOptions.defaults())) {
      rows.forEachRemaining(row -> iterated.add(row.get("V")));
      assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    }
    List<Object> streamed;
    try (Stream<Dict> stream = program.rows(QueryOptions.defaults()).stream()) {
      streamed = stream.map(row -> row.get("V")).collect(Collectors.toList());
    }

    assertThat(called).containsExactly(0L, 1L, 2L).isEqualTo(iterated).isEqualTo(streamed);
  }

  @Test
  void closingRowsEndsAnEndlessRun() {
    try (Rows rows =
        vql.compile("SELECT * FROM range(end=999999999999)").rows(QueryOptions.defaults())) {
      assertThat(rows.next().get("_value")).isEqualTo(0L);
    }
  }

  @Test
  void aProgramRunsAtTheSameTimeWithDifferentVariables() throws Exception {
    Program program =
        vql.compile(
            "LET X(n) = SELECT _value + Base AS V FROM range(end=n)"
                + " SELECT sum(item=V) AS S FROM X(n=50) GROUP BY 1");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> runs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long base = i;
        runs.add(
            pool.submit(
                () -> {
                  List<Object> sums = new ArrayList<>();
                  program.run(
                      QueryOptions.defaults().withEnv(Map.of("Base", base)),
                      row -> sums.add(row.get("S")));
                  return sums.equals(List.of(1225 + 50 * base));
                }));
      }
      for (Future<Boolean> run : runs) {
        assertThat(run.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void errorsHavePlaces() {
    assertThatThrownBy(() -> vql.compile("SELECT 1 FROM scope()\nSELECT ) FROM scope()"))
        .isInstanceOfSatisfying(
            VqlSyntaxException.class,
            e -> {
              VqlSyntaxException.Problem first = e.problems().get(0);
              assertThat(first.line()).isEqualTo(2);
              assertThat(first.column()).isEqualTo(8);
              assertThat(first.snippet()).contains("^");
            });
  }

  @Test
  void logLinesHaveLevels() {
    List<LogLine> log = new ArrayList<>();
    rows("LET now = 1 SELECT missing FROM scope()", QueryOptions.defaults().withLog(log::add));

    assertThat(log).extracting(LogLine::level).contains(LogLine.Level.WARN, LogLine.Level.ERROR);
    assertThat(log)
        .filteredOn(line -> line.level() == LogLine.Level.WARN)
        .extracting(LogLine::message)
        .containsExactly("LET expression is masking a built in function now");
  }

  @Test
  void clockEffectsAndPrincipalAreTheRuns() {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    assertThat(rows("SELECT now() AS N FROM scope()", QueryOptions.defaults().withClock(clock)))
        .containsExactly(Dict.of("N", 1_700_000_000L));

    List<String> asked = new ArrayList<>();
    Effects effects =
        effect -> {
          asked.add(effect.builtin());
          return Effects.none().decide(effect);
        };
    rows("SELECT tempfile(data='x') FROM scope()", QueryOptions.defaults().withEffects(effects));
    assertThat(asked).containsExactly("tempfile");

    ServerModel model = ServerModel.builder(clock).build();
    QueryOptions nobody =
        QueryOptions.defaults()
            .withService(ServerModel.class, model)
            .withPrincipal(new Principal("nobody", Set.of()));
    List<LogLine> log = new ArrayList<>();
    assertThat(rows("SELECT * FROM clients()", nobody.withLog(log::add))).isEmpty();
    assertThat(log).anyMatch(line -> line.text().contains("ermission"));
  }
}
