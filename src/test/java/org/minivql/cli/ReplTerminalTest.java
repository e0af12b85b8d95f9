package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types into the shell through a real pseudo-terminal. */
@Timeout(90)
class ReplTerminalTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(hasTmux(), "tmux is not installed");
    String command =
        String.join(
            " ",
            quote(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            "-XX:TieredStopAtLevel=1 -cp",
            quote(System.getProperty("java.class.path")),
            "org.minivql.cli.Main repl --history",
            quote(directory.resolve("history").toString()));
    Path script = directory.resolve("start.sh");
    Files.writeString(
        script,
        "while :; do TERM=xterm-256color "
            + command
            + "; echo ended $?; read again; clear; done\n");
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        "90",
        "-y",
        "24",
        "sh " + quote(script.toString()));
    await("vql>");
  }

  @AfterEach
  void stop() throws IOException {
    if (hasTmux()) {
      tmux("kill-server");
    }
  }

  private static boolean hasTmux() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private String tmux(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-S", directory.resolve("s").toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void type(String... keys) throws IOException {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    tmux(command.toArray(new String[0]));
  }

  /** The screen, as soon as it has the text. */
  private String await(String text) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    String screen = "";
    while (System.nanoTime() < end) {
      screen = tmux("capture-pane", "-p", "-J").stripTrailing();
      if (screen.contains(text)) {
        return screen;
      }
    }
    throw new AssertionError("waited for <" + text + "> and saw\n" + screen);
  }

  private void awaitGone(String text) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end && tmux("capture-pane", "-p", "-J").contains(text)) {
      Thread.onSpinWait();
    }
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
    tmux("resize-window", "-x", "40", "-y", "20");
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
    awaitGone("ended 0");
    await("vql>");
    type("Up", "Up");
    await("LET Remembered = 1");
  }
}
