package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types into the shell through a real pseudo-terminal. */
@Timeout(120)
class ReplTerminalTest {
  @TempDir Path directory;

  private Tmux terminal;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Tmux.isInstalled(), "tmux is not installed");
    String command =
        String.join(
            " ",
            Tmux.quote(Path.of(System.getProperty("java.home"), "bin", "java")),
            "-XX:TieredStopAtLevel=1 -cp",
            Tmux.quote(System.getProperty("java.class.path")),
            "org.minivql.cli.Main repl --history",
            Tmux.quote(directory.resolve("history")));
    Path script = directory.resolve("start.sh");
    Files.writeString(
        script,
        "while :; do TERM=xterm-256color "
            + command
            + "; echo ended $?; read again; clear; NO_COLOR=1; export NO_COLOR; done\n");
    terminal = new Tmux(directory, script);
    await("vql>");
  }

  @AfterEach
  void stop() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
  }

  private void type(String... keys) throws IOException {
    terminal.type(keys);
  }

  private String await(String text) throws IOException {
    return terminal.await(text);
  }

  @Test
  void statementsSpanLinesAndNamesAreCompleted() throws IOException {
    type("SELECT _value,", "Enter");
    await("   >");
    type("_value * 2 AS D FROM ran", "Tab");
    await("FROM range(");
    type("end=3)", "Enter");
    assertThat(await("     2  4")).contains("_value  D");
  }

  @Test
  void controlCEndsAQueryAndKeepsTheSession() throws IOException {
    type("LET Kept = 5", "Enter");
    type("SELECT * FROM range(end=999999999999) WHERE _value < 0 OR _value = 3", "Enter");
    await("     3");
    type("C-c");
    type("SELECT Kept + 1 AS Still FROM scope()", "Enter");
    assertThat(await("Still\n")).contains("6");
  }

  @Test
  void tablesFollowTheWidthOfTheTerminal() throws IOException {
    type("SELECT format(format='%060d', args=7) AS Long FROM scope()", "Enter");
    await("0".repeat(59) + "7");
    terminal.run("resize-window", "-x", "40", "-y", "20");
    type(".format json", "Enter", ".format table", "Enter");
    type("SELECT format(format='%060d', args=7) AS Cut FROM scope()", "Enter");
    await("0".repeat(39) + "…");
  }

  @Test
  void historySurvivesTheSession() throws IOException {
    type("LET Remembered = 1", "Enter");
    type(".quit", "Enter");
    await("ended 0");
    assertThat(directory.resolve("history")).content().contains("LET Remembered = 1");
    type("Enter");
    terminal.awaitGone("ended 0");
    await("vql>");
    type("Up", "Up");
    await("LET Remembered = 1");
  }

  @Test
  void filesAndColumnsAreCompleted() throws IOException {
    Files.writeString(directory.resolve("some rule.vql"), "SELECT 6 * 7 AS Answer FROM scope()");
    type(".load " + directory + "/some", "Tab");
    await("some rule.vql");
    type("Enter");
    await("42");
    type("LET Mine = SELECT _value AS Unmistakable FROM range(end=3)", "Enter");
    type("SELECT * FROM Mine WHERE Unmi", "Tab");
    await("WHERE Unmistakable");
  }

  @Test
  void eventsStreamInWhileTheirQueryRuns() throws IOException {
    type("SELECT _value AS Tick FROM foreach(row={ SELECT * FROM clock(period=1) },", "Enter");
    type("query={ SELECT 7 AS _value FROM scope() })", "Enter");
    await("Tick\n");
    await("   7");
    type("C-c");
    type("SELECT 'still here' AS Now FROM scope()", "Enter");
    await("still here\n");
  }

  @Test
  void aFleetIsListenedTo() throws IOException {
    type(".fleet " + Path.of("queries/fleets/label-servers").toAbsolutePath(), "Enter");
    await("on the fleet");
    type("SELECT ClientId FROM watch_monitoring(artifact='System.Flow.Completion') LIMIT 3");
    type("Enter");
    await("C.24e9b07f6d1c8a35");
  }

  @Test
  void nothingIsColouredWhereNobodyWantsIt() throws IOException {
    type("SELECT missing FROM scope()", "Enter");
    await("ERROR:Symbol missing");
    assertThat(terminal.coloured()).contains("\u001b[31mERROR");
    type(".quit", "Enter");
    await("ended 0");
    type("Enter");
    terminal.awaitGone("ended 0");
    await("vql>");
    type("SELECT missing FROM scope()", "Enter");
    await("ERROR:Symbol missing");
    type("SELECT ba", "Tab", "Tab");
    await("base64decode(");
    assertThat(terminal.coloured()).doesNotContainPattern("\u001b\\[[0-9;]*[349][0-7]m");
  }

  @Test
  void theKeyThatEndsAQueryStandsOnALineOfItsOwn() throws IOException {
    type("SELECT * FROM range(end=999999999999) WHERE _value = 3", "Enter");
    await("     3");
    type("C-c");
    await("^C\nvql>");
  }

  @Test
  void keywordsAreColoured() throws IOException {
    type("SELECT 'text' AS T FROM scope()");
    await("FROM scope()");
    assertThat(terminal.coloured())
        .contains("\u001b[1m\u001b[34mSELECT")
        .contains("\u001b[32m'text'");
  }
}
