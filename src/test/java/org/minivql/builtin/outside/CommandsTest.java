package org.minivql.builtin.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.spi.Effects;
import org.minivql.testing.Run;
import org.minivql.value.Limit;

@DisabledOnOs(OS.WINDOWS)
class CommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final Vql engine = Vql.builder().service(Effects.class, Effects.allowAll()).build();

  private QueryOptions options() {
    return QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString()));
  }

  private Run run(String program) {
    return Run.of(engine, program, options());
  }

  @Test
  void theLastRowTellsHowItEnded() {
    assertThat(
            run("SELECT * FROM execve(argv=['sh', '-c', 'echo out; echo err >&2; exit 3'])").rows())
        .containsExactly(
            "{\"Stdout\":\"out\\n\",\"Stderr\":\"err\\n\",\"ReturnCode\":3,\"Complete\":true}");
  }

  @Test
  void argumentsAreNoShellText() {
    assertThat(
            run("SELECT Stdout FROM execve(argv=['printf', '%s|', '$HOME; *', '', 'a \"b\"'])")
                .rows())
        .containsExactly("{\"Stdout\":\"$HOME; *||a \\\"b\\\"|\"}");
  }

  @Test
  void outputIsCutAtTheSeparatorAndTheLength() {
    assertThat(
            run("SELECT Stdout, Complete FROM execve(argv=['printf', 'a, b, long, z'], sep=', ', length=3)")
                .rows())
        .containsExactly(
            "{\"Stdout\":\"a\",\"Complete\":false}",
            "{\"Stdout\":\"b\",\"Complete\":false}",
            "{\"Stdout\":\"lon\",\"Complete\":false}",
            "{\"Stdout\":\"g\",\"Complete\":false}",
            "{\"Stdout\":\"z\",\"Complete\":true}");
    assertThat(
            run("SELECT Stdout, Stderr FROM execve(argv=['sh', '-c', 'printf abcde >&2'], length=2)")
                .rows())
        .containsExactly(
            "{\"Stdout\":\"\",\"Stderr\":\"ab\"}",
            "{\"Stdout\":\"\",\"Stderr\":\"cd\"}",
            "{\"Stdout\":\"\",\"Stderr\":\"e\"}");
  }

  @Test
  void allOfALongOutputArrives() {
    assertThat(
            run("SELECT sum(item=len(list=Stdout)) AS N, count() AS Rows FROM execve("
                    + "argv=['head', '-c', '3000000', '/dev/zero'], length=1000000) GROUP BY 1")
                .rows())
        .containsExactly("{\"N\":3000000,\"Rows\":3}");
  }

  @Test
  void folderAndEnvironmentAreThoseGiven() throws IOException {
    assertThat(
            run("SELECT Stdout FROM execve(argv=['sh', '-c', 'pwd -P; echo $A$B'], cwd=Dir,"
                    + " env=dict(A='x', B=5))")
                .rows())
        .containsExactly("{\"Stdout\":\"" + folder.toRealPath() + "\\nx5\\n\"}");
  }

  @Test
  void thereIsNothingToRead() {
    assertThat(run("SELECT Stdout, ReturnCode FROM execve(argv='cat')").rows())
        .containsExactly("{\"Stdout\":\"\",\"ReturnCode\":0}");
  }

  @Test
  void whatCannotBeStartedIsSaid() {
    String[][] cases = {
      {"argv='/no/such'", "execve: /no/such: No such file or directory"},
      {"argv=Dir", "execve: " + folder + ": Permission denied"},
      {"argv=['true'], cwd='/no/such'", "execve: chdir /no/such: no such directory"},
      {"argv=''", "execve: argv should name a program to run"},
      {"argv=['true'], secret='s'", "execve: secrets are not available: s"},
      {
        "argv=['true'], env=dict(`a=b`=1)",
        "execve: env: Invalid environment variable name: \"a=b\""
      },
      {"cwd='/'", "execve: Field argv is required"},
    };
    for (String[] one : cases) {
      Run run = run("SELECT * FROM execve(" + one[0] + ")");
      assertThat(run.rows()).isEmpty();
      assertThat(run.log()).as(one[0]).containsExactly(one[1]);
    }
  }

  @Test
  void onlyRecordedItGivesNoRowsAndTellsWhatItWas() {
    List<Effects.Effect> asked = new ArrayList<>();
    Vql dry =
        Vql.builder()
            .service(
                Effects.class,
                effect -> {
                  asked.add(effect);
                  return Effects.Decision.RECORD;
                })
            .build();
    Run run = Run.of(dry, "SELECT * FROM execve(argv=['rm', 'x y'], cwd='/tmp', env=dict(A=1))");
    assertThat(run.rows()).isEmpty();
    assertThat(run.log()).isEmpty();
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).target()).isEqualTo("rm x y");
    assertThat(Json.text(asked.get(0).details()))
        .isEqualTo("{\"argv\":[\"rm\",\"x y\"],\"cwd\":\"/tmp\",\"env\":{\"A\":1}}");
  }

  /** Writes its process id and that of its child, and would go on for minutes. */
  private static final String LONG =
      "execve(argv=['sh', '-c', 'sleep 300 & echo $$ $!; while true; do echo more; sleep 0.01; done'],"
          + " sep='\\n')";

  private static void assertGone(String ids) throws Exception {
    for (String id : ids.split(" ")) {
      ProcessHandle process = ProcessHandle.of(Long.parseLong(id)).orElse(null);
      if (process != null) {
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void whenNoMoreRowsAreWantedItIsKilledWithItsChildren() throws Exception {
    Run run = run("SELECT Stdout FROM " + LONG + " LIMIT 1");
    assertThat(run.rows()).hasSize(1);
    assertGone(run.rows().get(0).replaceAll("[^0-9 ]", ""));
  }

  @Test
  void theTimeLimitKillsItAlsoWhileItIsSilent() throws Exception {
    List<String> rows = new ArrayList<>();
    RunResult result =
        engine
            .compile(
                "SELECT Stdout FROM execve(argv=['sh', '-c', 'sleep 300 & echo $$ $!; wait'], sep='\\n')")
            .run(
                options().withTimeout(Duration.ofMillis(300)),
                row -> rows.add(String.valueOf(row.get("Stdout"))));
    assertThat(result.limit().limit()).isEqualTo(Limit.TIME);
    assertThat(rows).hasSize(1);
    assertGone(rows.get(0));
  }

  @Test
  void cancellingTheQueryKillsIt() throws Exception {
    List<String> rows = new ArrayList<>();
    try (Execution execution = engine.session(options())) {
      execution.run(
          engine.compile("SELECT Stdout FROM " + LONG),
          row -> {
            rows.add(String.valueOf(row.get("Stdout")));
            execution.cancel();
            return true;
          });
    }
    assertGone(rows.get(0));
  }

  @Test
  void aChildThatKeepsTheOutputOpenDoesNotKeepTheQuery() throws Exception {
    Run run = run("SELECT Stdout, Complete FROM execve(argv=['sh', '-c', 'sleep 300 & echo $!'])");
    String id = run.rows().get(0).replaceAll("[^0-9]", "");
    assertThat(run.rows()).containsExactly("{\"Stdout\":\"" + id + "\\n\",\"Complete\":true}");
    ProcessHandle.of(Long.parseLong(id)).ifPresent(ProcessHandle::destroyForcibly);
  }
}
