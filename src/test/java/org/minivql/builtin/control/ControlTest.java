package org.minivql.builtin.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.spi.Pauses;
import org.minivql.testing.Run;
import org.minivql.value.Limit;
import org.minivql.value.Scope;

class ControlTest {
  private static final Vql ENGINE = Vql.builder().build();

  private static Run run(String program) {
    return Run.of(ENGINE, program);
  }

  @Test
  void runsBranchesAtTheSameTime() {
    Run run =
        run(
            "SELECT * FROM chain(async=TRUE, a={SELECT * FROM range(end=2)}, b=(dict(_value=7)))"
                + " ORDER BY _value");
    assertThat(run.rows()).containsExactly("{\"_value\":0}", "{\"_value\":1}", "{\"_value\":7}");
  }

  @Test
  void doesNotRunBranchesAfterTheFirstWithRows() {
    Run run =
        run(
            "SELECT * FROM switch(a={SELECT * FROM range(end=0)}, b={SELECT 1 AS X FROM scope()},"
                + " c={SELECT log(message='ran') AS X FROM scope()})");
    assertThat(run.rows()).containsExactly("{\"X\":1}");
    assertThat(run.log()).isEmpty();
  }

  @Test
  void hidesTheCallersVariablesFromAFreshQuery() {
    Run run =
        run(
            "LET A = 1 LET B = 2\n"
                + "SELECT * FROM query(query='SELECT B, get(member=\"A\") AS A FROM scope()',"
                + " copy_env='B')");
    assertThat(run.rows()).containsExactly("{\"B\":2,\"A\":null}");
    assertThat(run.log())
        .contains("query: running query SELECT B, get(member=\"A\") AS A FROM scope()");
  }

  @Test
  void saysWhatIsWrongWithAQuery() {
    Run run = run("SELECT * FROM query(query='SELECT FROM')");
    assertThat(run.rows()).isEmpty();
    assertThat(run.log()).anyMatch(line -> line.startsWith("ERROR:query: "));
  }

  @Test
  void inheritsVariablesWhenAsked() {
    Run run = run("LET A = 5\nSELECT * FROM query(inherit=TRUE, query='SELECT A FROM scope()')");
    assertThat(run.rows()).containsExactly("{\"A\":5}");
  }

  @Test
  void aFreshQueryHasCachesOfItsOwnAndAnInheritingOneSharesThem() {
    String cached = "cache(name='c', key=1, func=log(message='miss', dedup=-1) && 5) AS C";
    String text = "query='SELECT " + cached.replace("'", "\"") + " FROM scope()'";
    Run run =
        run(
            ("SELECT C FROM chain(a={SELECT CACHED FROM scope()}, b={SELECT * FROM query(QUERY)},"
                    + " c={SELECT * FROM query(QUERY)}, d={SELECT * FROM query(inherit=TRUE, QUERY)},"
                    + " e={SELECT CACHED FROM scope()})")
                .replace("QUERY", text)
                .replace("CACHED", cached));
    assertThat(run.rows()).hasSize(5).containsOnly("{\"C\":5}");
    assertThat(run.log()).filteredOn(line -> line.equals("DEFAULT:miss")).hasSize(3);
  }

  @Test
  void eachQueryRemembersWhatItLogged() {
    Run run =
        run(
            "SELECT log(message='once') AS A FROM chain(a={SELECT * FROM range(end=2)},"
                + " b={SELECT log(message='once') FROM range(end=2)},"
                + " c={SELECT * FROM query(query={SELECT log(message='once') FROM range(end=2)})},"
                + " d={SELECT * FROM query(inherit=TRUE,"
                + " query={SELECT log(message='once') FROM range(end=2)})})");
    assertThat(run.log()).containsExactly("DEFAULT:once", "DEFAULT:once");
  }

  @Test
  void whatAQueryOpenedEndsWithIt() {
    Run run =
        run(
            "SELECT * FROM chain(a={SELECT * FROM query(query={SELECT atexit(query={SELECT"
                + " log(message='inner ends') FROM scope()}) AS A FROM scope()})},"
                + " b={SELECT log(message='goes on') AS A FROM scope()})");
    assertThat(run.log())
        .filteredOn(line -> line.startsWith("DEFAULT:"))
        .containsExactly("DEFAULT:inner ends", "DEFAULT:goes on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout=0.05",
        "progress_timeout=0.05",
        "timeout=3600, progress_timeout=0.05",
        "inherit=TRUE, timeout=0.05"
      })
  void aQueryWithoutRowsEndsWithItsTimeAndTheOthersGoOn(String limit) {
    Run run =
        run(
            "SELECT * FROM chain(a={SELECT * FROM query("
                + limit
                + ", query={SELECT * FROM range(end=1000000000000) WHERE _value < 0})},"
                + " b={SELECT * FROM query("
                + limit
                + ", query={SELECT sleep(time=3600) FROM scope() WHERE FALSE OR sleep(time=3600) AND"
                + " FALSE})}, c=(dict(A=1),))");
    assertThat(run.rows()).containsExactly("{\"A\":1}");
    assertThat(run.log()).filteredOn(line -> line.contains("timeout")).hasSize(2);
  }

  @Test
  void aLimitOfTheRunEndsItAlsoWhereAQueryInItMeetsIt() {
    QueryOptions options = QueryOptions.defaults().withLimit(Limit.SCANNED, 1000);
    List<Object> rows = new ArrayList<>();
    RunResult result =
        ENGINE
            .compile(
                "SELECT * FROM query(query={SELECT * FROM range(end=100000) WHERE _value < 0})"
                    + " SELECT 1 AS A FROM scope()")
            .run(options, rows::add);
    assertThat(rows).isEmpty();
    assertThat(result.limit().limit()).isEqualTo(Limit.SCANNED);
  }

  @Test
  void theEndOfTheRunEndsTheQueriesInIt() {
    QueryOptions options = QueryOptions.defaults().withLimit(Limit.TIME, 100);
    RunResult result =
        ENGINE
            .compile(
                "SELECT * FROM query(query={SELECT * FROM range(end=1000000000000) WHERE FALSE})")
            .run(options, row -> true);
    assertThat(result.limit().limit()).isEqualTo(Limit.TIME);
  }

  /** Time that moves only when a query waits, and then at once. */
  private static final class WaitedTime implements Pauses {
    private Instant now = Instant.EPOCH;

    @Override
    public synchronized boolean pause(Scope scope, Duration duration) {
      now = now.plus(duration);
      return true;
    }

    @Override
    public synchronized Instant now(Scope scope) {
      return now;
    }
  }

  @Test
  void batchesByTheTimeThatRowsWereMade() {
    QueryOptions options = QueryOptions.defaults().withService(Pauses.class, new WaitedTime());
    Run run =
        Run.of(
            ENGINE,
            "SELECT rows.N AS N FROM batch(batch_size=3, timeout=100, query={SELECT _value AS N,"
                + " sleep(time=if(condition=_value = 5, then=90, else=10)) AS S FROM range(end=9)})",
            options);
    assertThat(run.rows())
        .containsExactly("{\"N\":[0,1,2]}", "{\"N\":[3,4]}", "{\"N\":[5,6,7]}", "{\"N\":[8]}");
  }

  @Test
  void batchesByALambda() {
    Run run =
        run(
            "SELECT len(list=rows) AS L FROM batch(query={SELECT * FROM range(end=5)},"
                + " batch_func='x=>len(list=x) >= 3')");
    assertThat(run.rows()).containsExactly("{\"L\":3}", "{\"L\":2}");
  }

  @Test
  void evaluatesACachedValueOnce() {
    Run run =
        run(
            "LET C(X) = cache(name='c', key=X, func=log(message='ran', dedup=-1) && X * 2)\n"
                + "SELECT C(X=2) AS A, C(X=2) AS B, C(X=3) AS C FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":4,\"B\":4,\"C\":6}");
    assertThat(run.log()).containsExactly("DEFAULT:ran", "DEFAULT:ran");
  }

  @Test
  void looksRowsUpInAMemoizedTable() {
    Run run =
        run(
            "LET M <= memoize(name='m', key='_value', query={SELECT *, _value * 10 AS T FROM"
                + " range(end=3)})\n"
                + "SELECT get(item=M, field='2').T AS A, get(item=M, field=1).T AS B,"
                + " get(item=M, field='x') AS C FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":20,\"B\":10,\"C\":null}");
    assertThat(run.log()).containsExactly("memoize m: Filled cache with 3 rows");
  }

  @Test
  void forgetsWhatWasNotUsedLongest() {
    Run run =
        run(
            "LET L <= lru(size=2)\n"
                + "LET _ <= SELECT set(item=L, field=str(str=_value), value=_value) FROM range(end=4)\n"
                + "SELECT L.`@Dump` AS D, L.`@Len` AS N, L AS L FROM scope()");
    assertThat(run.rows()).containsExactly("{\"D\":{\"2\":2,\"3\":3},\"N\":2,\"L\":{}}");
  }

  @Test
  void writesTheSameMessageOnce() {
    Run run = run("SELECT log(message='row %v', args=_value, level='warn') AS L FROM range(end=3)");
    assertThat(run.rows()).hasSize(3);
    assertThat(run.log()).containsExactly("WARN:row 0");
  }

  @Test
  void demotesRepeatedAlerts() {
    Run run = run("SELECT alert(name='A', n=_value) AS R FROM range(end=2)");
    assertThat(run.log().get(0)).startsWith("ALERT:{\"name\":\"A\",\"timestamp\":\"");
    assertThat(run.log().get(1)).startsWith("INFO:Alert A (Sup): {");
  }

  @Test
  void badArgumentsOfAnAlertAreErrors() {
    assertThat(run("SELECT alert(host='a') AS R FROM scope()").log())
        .singleElement()
        .asString()
        .isEqualTo("ERROR:alert: Field name is required");
  }

  @Test
  void runsAQueryAtTheEnd() {
    Run run =
        run(
            "LET X = 7\n"
                + "LET _ <= atexit(query={SELECT log(message='end %v', args=[X + Y]) FROM scope()},"
                + " env=dict(Y=1))\n"
                + "SELECT log(message='main') AS M FROM scope()");
    assertThat(run.log().get(0)).isEqualTo("DEFAULT:main");
    assertThat(run.log()).last().isEqualTo("DEFAULT:end 8");
  }

  @Test
  void whatIsSaidAtTheEndWasNotSaidBefore() {
    Run run =
        run(
            "SELECT log(message='once') AS A, alert(name='N') AS B, atexit(query={SELECT"
                + " log(message='once'), log(message='last'), alert(name='N') FROM scope()})"
                + " AS C FROM scope()");
    assertThat(run.log())
        .filteredOn(line -> line.startsWith("DEFAULT:"))
        .containsExactly("DEFAULT:once", "DEFAULT:last");
    assertThat(run.log()).last().asString().startsWith("INFO:Alert N (Sup): ");
  }

  @Test
  void runsAQueryAtTheEndOfAStoppedProgram() {
    List<String> log = new ArrayList<>();
    QueryOptions options = QueryOptions.defaults().withLog(line -> log.add(line.text()));
    try (Execution session = ENGINE.session(options)) {
      session.run(
          ENGINE.compile(
              "LET _ <= atexit(query={SELECT log(message='saw %v', args=_value, dedup=-1) FROM"
                  + " range(end=2)})"),
          row -> true);
      session.cancel();
    }
    assertThat(log)
        .containsExactly(
            "Running AtExit query SELECT log(message='saw %v', args=_value, dedup=-1) FROM"
                + " range(end=2)",
            "DEFAULT:saw 0", "DEFAULT:saw 1");
  }

  @Test
  void sharesOneSourceAmongReaders() {
    Run run =
        run(
            "LET G = generate(name='g', fan_out=2, query={SELECT * FROM range(end=3)})\n"
                + "SELECT count() AS C FROM combine(a={SELECT * FROM G}, b={SELECT * FROM G})"
                + " GROUP BY 1");
    assertThat(run.rows()).containsExactly("{\"C\":6}");
  }

  @Test
  void leavesOutValuesSeenLately() {
    Run run =
        run(
            "SELECT * FROM dedup(key='k', query={SELECT * FROM"
                + " foreach(row=(dict(k=1), dict(k='1'), dict(j=1), dict(k=NULL), dict(k=NULL)))})");
    assertThat(run.rows()).containsExactly("{\"k\":1}", "{\"k\":null}");
  }

  @Test
  void aTickHasTheMembersOfATimeAsColumns() {
    Run run = Run.of(Vql.builder().build(), "SELECT * FROM clock(ms=1) LIMIT 1");
    assertThat(run.rows()).hasSize(1);
    assertThat(run.rows().get(0))
        .startsWith("{\"Day\":")
        .contains(",\"Unix\":", ",\"Year\":")
        .matches(".*\"String\":\"[^\".]*Z\".*");
  }
}
