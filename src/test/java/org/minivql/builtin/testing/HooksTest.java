package org.minivql.builtin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.spi.Mocks;
import org.minivql.spi.Pauses;
import org.minivql.testing.Run;
import org.minivql.value.Scope;

class HooksTest {
  private static final Vql ENGINE = Vql.builder().catalog(new GeneratedCatalog()).build();

  private static Run run(String program) {
    return run(program, (scope, duration) -> true);
  }

  private static Run run(String program, Pauses pauses) {
    TestContext test = new TestContext(Instant.ofEpochSecond(1000));
    QueryOptions options =
        QueryOptions.defaults()
            .withClock(test.clock())
            .withService(Mocks.class, test)
            .withService(Pauses.class, pauses)
            .withService(TestContext.class, test);
    return Run.of(ENGINE, program, options);
  }

  @Test
  void replacesPluginsKnownAndUnknown() {
    Run run =
        run(
            "LET _ <= mock(plugin='info', results=dict(OS='plan9'))\n"
                + "LET _ <= mock(plugin='no_such_plugin', results=[dict(a=1), dict(a=2)])\n"
                + "SELECT OS FROM info()\nSELECT * FROM no_such_plugin(x=1)\n"
                + "SELECT mock_replay(plugin='no_such_plugin') AS R FROM scope()");
    assertThat(run.rows())
        .containsExactly("{\"OS\":\"plan9\"}", "{\"a\":1}", "{\"a\":2}", "{\"R\":[{\"x\":1}]}");
    assertThat(run.log()).isEmpty();
  }

  @Test
  void answersSuccessiveCallsInTurn() {
    Run run =
        run(
            "LET _ <= mock(function='now', results=[(1,), (2,)])\n"
                + "SELECT now() AS A, now() AS B, now() AS C FROM scope()\n"
                + "SELECT mock_check(function='now', expected_calls=3).Error AS X,"
                + " mock_check(function='now', expected_calls=3).Error AS Y FROM scope()");
    assertThat(run.rows())
        .containsExactly(
            "{\"A\":[1],\"B\":[2],\"C\":[1]}",
            "{\"X\":\"OK\",\"Y\":\"Mock function now should be called 3 times but was called 0"
                + " times\"}");
  }

  @Test
  void doesNotEvaluateTheArgumentsOfAFunction() {
    Run run =
        run(
            "LET _ <= mock(function='upcase', results='m')\n"
                + "SELECT upcase(string=log(message='seen'), zz=1) AS U,"
                + " mock_replay(function='upcase') AS R,"
                + " mock_check(function='upcase', expected_calls=1).Error AS E FROM scope()");
    assertThat(run.rows()).containsExactly("{\"U\":\"m\",\"R\":[],\"E\":\"OK\"}");
    assertThat(run.log()).isEmpty();
  }

  @Test
  void forgetsResultsButNotNames() {
    Run run =
        run(
            "LET _ <= mock(plugin='info', results=dict(OS='x'))\n"
                + "LET _ <= mock_clear()\nSELECT * FROM info()");
    assertThat(run.rows()).isEmpty();
    assertThat(run.log()).isEmpty();
  }

  @Test
  void setsTheClock() {
    assertThat(run("LET _ <= mock_time(now=5)\nSELECT now() AS N FROM scope()").rows())
        .containsExactly("{\"N\":5}");
  }

  @Test
  void whereWaitingHasATimeOfItsOwnNowAndClockTellThat() {
    Pauses pauses =
        new Pauses() {
          @Override
          public boolean pause(Scope scope, Duration duration) {
            return true;
          }

          @Override
          public Instant now(Scope scope) {
            return Instant.ofEpochSecond(77);
          }
        };
    Run run =
        run(
            "LET _ <= mock_time(now=5)\n"
                + "SELECT now() AS N, Unix FROM clock() WHERE log(message='x', dedup=-1) LIMIT 1",
            pauses);
    assertThat(run.rows()).containsExactly("{\"N\":77,\"Unix\":77}");
  }

  @Test
  void worksInTestsOnly() {
    Run run = Run.of(ENGINE, "SELECT mock_check(plugin='info') AS M FROM scope()");
    assertThat(run.rows()).containsExactly("{\"M\":null}");
    assertThat(run.log()).containsExactly("mock_check: Not running in test.");
  }
}
