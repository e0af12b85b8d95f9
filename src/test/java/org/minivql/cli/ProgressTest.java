package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minivql.cli.command.Console;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.Progress;

@Timeout(60)
class ProgressTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Log log(boolean terminal, boolean quiet, Map<String, String> environment) {
    PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            err,
            environment,
            Path.of(""),
            false,
            terminal);
    return new Log(console, quiet, false);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void longWorkTellsHowFarItIsAndLeavesNothingBehind() {
    Log log = log(true, false, Map.of());
    Progress progress = Progress.of(log, "testing", () -> "3 done", 0);
    try (progress) {
      while (!shown().contains("testing … 3 done, 0 s")) {
        Thread.onSpinWait();
      }
      log.error("a problem");
    }
    assertThat(shown().replace("\u001b[K", "<clear>"))
        .startsWith("\r<clear>testing … 3 done, 0 s")
        .contains("\r<clear>\u001b[31ma problem\u001b[0m\n");
    int last = shown().lastIndexOf('\r');
    assertThat(shown().substring(last)).doesNotContain("testing");
  }

  @Test
  void shortWorkSaysNothing() {
    Progress progress = Progress.of(log(true, false, Map.of()), "testing");
    progress.close();
    assertThat(shown()).isEmpty();
  }

  @Test
  void onlyTerminalsThatCanClearALineSeeIt() {
    assertThat(log(true, false, Map.of()).showsProgress()).isTrue();
    assertThat(log(false, false, Map.of()).showsProgress()).isFalse();
    assertThat(log(true, true, Map.of()).showsProgress()).isFalse();
    assertThat(log(true, false, Map.of("TERM", "dumb")).showsProgress()).isFalse();
  }
}
