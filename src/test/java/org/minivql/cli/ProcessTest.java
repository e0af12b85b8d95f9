package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.format.FormatException;
import org.minivql.format.Json;

/** The command line as a process: signals, pipes and exit statuses. */
@Timeout(90)
class ProcessTest {
  private static final String ENDLESS = "SELECT _value FROM range(end=999999999999999)";

  @TempDir Path directory;

  private static ProcessBuilder vql(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("org.minivql.cli.Main");
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void theStatusIsThatOfTheCommand() throws Exception {
    assertThat(vql("query", "SELECT 1 AS X FROM scope()").start().waitFor()).isZero();
    assertThat(vql("query", "SELECT missing FROM scope()").start().waitFor()).isEqualTo(1);
    assertThat(vql("query", "SELECT").start().waitFor()).isEqualTo(2);
  }

  @Test
  void aProgramComesThroughAPipe() throws Exception {
    Process process = vql("query", "--format", "jsonl", "-").start();
    try (OutputStream in = process.getOutputStream()) {
      in.write("SELECT 'é' AS X FROM scope()".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(text(process.getInputStream().readAllBytes())).isEqualTo("{\"X\":\"é\"}\n");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void anInterruptedRunLeavesCompleteJson() throws Exception {
    Path rows = directory.resolve("rows.json");
    Process process = vql("query", "--output", rows.toString(), ENDLESS).start();
    while (process.isAlive() && (!Files.exists(rows) || Files.size(rows) == 0)) {
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(isJson(Files.readString(rows))).isTrue();
    assertThat(text(process.getErrorStream().readAllBytes())).isEmpty();
  }

  @Test
  void anInterruptedExplainTellsWhatItSaw() throws Exception {
    Path first = directory.resolve("first");
    String query =
        "SELECT _value, copy(accessor='data', filename='x', dest='" + first + "') AS C FROM ";
    Process process = vql("explain", "--allow", "write", query + "range(end=999999999999)").start();
    while (process.isAlive() && !Files.exists(first)) {
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(text(process.getInputStream().readAllBytes()))
        .contains("FROM range(end=999999999999)");
  }

  private static boolean isJson(String text) {
    try {
      return Json.parse(text) instanceof List<?> list && !list.isEmpty();
    } catch (FormatException e) {
      return false;
    }
  }

  @Test
  void aReaderThatGoesAwayEndsTheRunQuietly() throws Exception {
    Process process = vql("query", "--format", "jsonl", ENDLESS).start();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).isEqualTo("{\"_value\":0}");
    }

    assertThat(process.waitFor()).isZero();
    assertThat(text(process.getErrorStream().readAllBytes())).isEmpty();
  }

  @Test
  void aFullDiskIsOneSentence() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "/dev/full is not there");

    Process process = vql("query", ENDLESS).redirectOutput(full).start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(text(process.getErrorStream().readAllBytes()))
        .isEqualTo("vql: cannot write standard output: No space left on device\n");
    assertThat(vql("--help").redirectOutput(full).start().waitFor()).isEqualTo(1);
  }
}
