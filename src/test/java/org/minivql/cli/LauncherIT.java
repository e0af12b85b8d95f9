package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.format.DisplayWidth;
import org.minivql.format.Json;

/** The launcher and the distribution as they are packaged. */
@Timeout(120)
class LauncherIT {
  private static final Path PACKAGED = Path.of("target").toAbsolutePath();
  private static final String VQL = PACKAGED.resolve("vql").toString();
  private static final String ENDLESS = "SELECT _value FROM range(end=999999999999999)";

  @TempDir Path directory;

  /** What a process wrote and how it ended. */
  private record Ended(int status, String out, String err) {}

  private static ProcessBuilder process(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
    File err = Files.createTempFile(directory, "err", "").toFile();
    Process process = builder.redirectError(err).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err.toPath()));
  }

  private Ended vql(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(VQL));
    Collections.addAll(command, words);
    return run(process(command.toArray(new String[0])));
  }

  private Ended sh(String script) throws IOException, InterruptedException {
    return run(process("bash", "-c", script, VQL));
  }

  @Test
  void rowsComeOutAndTheStatusIsThatOfTheCommand() throws Exception {
    assertThat(vql("--version").out()).matches("vql \\d+\\.\\d+\\.\\d+\n");
    assertThat(vql("query", "SELECT 1 AS X FROM scope()"))
        .isEqualTo(new Ended(0, "[\n {\n  \"X\": 1\n }\n]\n", ""));
    assertThat(vql("query", "SELECT missing FROM scope()").status()).isEqualTo(1);
    assertThat(vql("query", "SELECT").status()).isEqualTo(2);
  }

  @Test
  void theFirstRowOfAnEndlessQueryComesAtOnceAndInterruptedJsonIsComplete() throws Exception {
    Path rows = directory.resolve("rows.json");
    Process process = process(VQL, "query", ENDLESS).redirectOutput(rows.toFile()).start();
    while (process.isAlive() && Files.size(rows) == 0) {
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    try (BufferedReader reader = Files.newBufferedReader(rows)) {
      assertThat(reader.lines().limit(3)).containsExactly("[", " {", "  \"_value\": 0");
    }
    assertThat(Json.parse(Files.readString(rows))).isInstanceOf(List.class);
  }

  @Test
  void aReaderThatGoesAwayEndsTheRunQuietly() throws Exception {
    Ended ended =
        sh("\"$0\" query --format csv '" + ENDLESS + "' | head -n 2; echo \"${PIPESTATUS[0]}\"");
    assertThat(ended).isEqualTo(new Ended(0, "_value\n0\n0\n", ""));
  }

  @Test
  void outputThatCannotBeWrittenIsOneSentence() throws Exception {
    assumeTrue(new File("/dev/full").exists(), "/dev/full is not there");
    for (String format : List.of("json", "jsonl", "csv", "table")) {
      Ended full = sh("\"$0\" query --format " + format + " 'SELECT 1 FROM scope()' >/dev/full");
      assertThat(full)
          .isEqualTo(
              new Ended(1, "", "vql: cannot write standard output: No space left on device\n"));
    }
    assertThat(vql("query", "--output", "/dev/full", "SELECT 1 FROM scope()"))
        .isEqualTo(new Ended(1, "", "vql: cannot write /dev/full: No space left on device\n"));
  }

  @Test
  void closedStreamsEndTheRunWithoutATrace() throws Exception {
    Ended closed = sh("\"$0\" query 'SELECT 1 FROM scope()' >&-");
    assertThat(closed.status()).isEqualTo(1);
    assertThat(closed.err().lines()).hasSize(1);
    assertThat(closed.err()).startsWith("vql: cannot write standard output: ");
    assertThat(sh("\"$0\" --help >&-").status()).isEqualTo(1);
    assertThat(sh("\"$0\" query SELECT >&- 2>&-").status()).isEqualTo(2);
  }

  @Test
  void aClosedInputIsAnEmptyOne() throws Exception {
    assertThat(sh("\"$0\" query - <&-")).isEqualTo(sh("\"$0\" query - </dev/null"));
    assertThat(sh("\"$0\" repl <&-").status()).isZero();
    assertThat(sh("\"$0\" query --format csv 'SELECT 1 AS X FROM scope()' <&-"))
        .isEqualTo(new Ended(0, "X\n1\n", ""));
  }

  @Test
  void aShellWhoseOutputIsGoneSaysSo() throws Exception {
    assumeTrue(new File("/dev/full").exists(), "/dev/full is not there");
    String typed = "echo 'SELECT 1 AS X FROM scope()' | \"$0\" repl ";
    assertThat(sh(typed + ">/dev/full"))
        .isEqualTo(
            new Ended(1, "", "vql: cannot write standard output: No space left on device\n"));
    Ended closed = sh(typed + ">&-");
    assertThat(closed.status()).isEqualTo(1);
    assertThat(closed.err().lines()).hasSize(1);
    assertThat(closed.err()).startsWith("vql: cannot write standard output: ");
  }

  @Test
  void everyCommandSaysThatItsOutputCannotBeWritten() throws Exception {
    assumeTrue(new File("/dev/full").exists(), "/dev/full is not there");
    String label = "queries/artifacts/Custom.Automation.LabelServers.yaml";
    String fleet = "queries/fleets/label-servers";
    for (String command :
        List.of(
            "doc",
            "verify queries/artifacts --format sarif",
            "fmt queries/label-servers.vql",
            "plan " + label + " --fleet " + fleet,
            "why C.90be47a2d5f1c368 Server " + label + " --fleet " + fleet,
            "test " + fleet,
            "explain 'SELECT 1 FROM scope()'",
            "completion bash",
            "artifacts list",
            "fleet show " + fleet,
            "query --output /dev/full 'SELECT * FROM range(end=100000)'")) {
      Ended full = sh("\"$0\" " + command + " >/dev/full");
      assertThat(full.status()).as(command).isEqualTo(1);
      assertThat(full.err())
          .as(command)
          .matches("vql: cannot write (standard output|/dev/full): No space left on device\n");
    }
  }

  @Test
  void theClassDataArchiveIsUsed() throws Exception {
    ProcessBuilder builder = process(VQL, "query", "SELECT 1 AS X FROM scope()");
    // With this the JVM does not start where the archive does not fit.
    builder.environment().put("VQL_JAVA_OPTS", "-Xshare:on");
    assertThat(run(builder).status()).isZero();
    assertThat(PACKAGED.resolve("lib/vql.jsa")).exists();
  }

  @Test
  void itRunsThroughLinksAndFromPlacesWithOddNames() throws Exception {
    Path place = Files.createDirectories(directory.resolve("a place $with 'odd' names"));
    Files.copy(Path.of(VQL), place.resolve("vql"));
    assertThat(place.resolve("vql").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(place.resolve("lib"), PACKAGED.resolve("lib"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), place.resolve("vql"));

    runsIn(directory, place.resolve("vql").toString());
    runsIn(directory, link.toString());
    runsIn(place, "./vql");
    Files.delete(place.resolve("lib"));
  }

  private void runsIn(Path from, String launcher) throws Exception {
    String query = "SELECT 'a  b' AS X FROM scope()";
    Ended ended = run(process(launcher, "query", "--format=jsonl", query).directory(from.toFile()));
    assertThat(ended).isEqualTo(new Ended(0, "{\"X\":\"a  b\"}\n", ""));
  }

  @Test
  void theDistributionRunsWhereItIsUnpacked() throws Exception {
    Path place = Files.createDirectories(directory.resolve("un packed"));
    Path tar = PACKAGED.resolve("minivql-bin.tar.gz");
    Ended unpacked = run(process("tar", "-xzf", tar.toString(), "-C", place.toString()));
    assertThat(unpacked.status()).isZero();
    Path home;
    try (Stream<Path> found = Files.list(place)) {
      home = found.findFirst().orElseThrow();
    }

    runsIn(directory, home.resolve("vql").toString());
    assertThat(run(process(home.resolve("archive-classes").toString())).status()).isZero();
    assertThat(home.resolve("lib/vql.jsa")).exists();
    runsIn(directory, home.resolve("vql").toString());
    assertThat(
            run(process(home.resolve("vql").toString(), "test", "queries").directory(home.toFile()))
                .status())
        .isZero();
    assertThat(names(PACKAGED.resolve("minivql-bin.zip"))).isEqualTo(below(home));
  }

  private static Set<String> names(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .map(name -> name.substring(name.indexOf('/') + 1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> below(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .filter(name -> !name.endsWith(".jsa"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void theJarsRunAsModules() throws Exception {
    Ended ended =
        run(
            process(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                PACKAGED.resolve("lib").toString(),
                "-m",
                "org.minivql/org.minivql.cli.Main",
                "query",
                "--format=jsonl",
                "SELECT parse_yaml(filename='a: 1', accessor='data').a AS A FROM scope()"));
    assertThat(ended).isEqualTo(new Ended(0, "{\"A\":1}\n", ""));
  }

  @Test
  void shellsTakeTheCompletionScripts() throws Exception {
    Ended bash = sh(". <(\"$0\" completion bash); complete -p vql");
    assertThat(bash.status()).isZero();
    assertThat(bash.out()).contains("vql");
  }

  @Test
  void coloursAreForTerminals() throws Exception {
    assumeTrue(Tmux.isInstalled(), "tmux is not installed");
    Path script = directory.resolve("start.sh");
    String query = Tmux.quote(VQL) + " query --format table \"SELECT missing FROM scope()\"\n";
    Files.writeString(
        script,
        "export JAVA_HOME="
            + Tmux.quote(System.getProperty("java.home"))
            + " TERM=xterm-256color\n"
            + query
            + "echo first; read again\nclear\nNO_COLOR=1 "
            + query
            + "echo second; read again\n");
    try (Tmux terminal = new Tmux(directory, script)) {
      terminal.await("first");
      assertThat(terminal.coloured()).contains("\u001b[31mERROR:Symbol missing not found");
      terminal.type("Enter");
      terminal.await("second");
      assertThat(terminal.coloured())
          .contains("ERROR:Symbol missing not found")
          .doesNotContain("\u001b[31m");
    }
  }

  @Test
  void tablesAreCutToTheTerminal() throws Exception {
    assumeTrue(Tmux.isInstalled(), "tmux is not installed");
    Path script = directory.resolve("start.sh");
    String query =
        "SELECT '日本語' AS Wide, dict(A=1, B=dict(C='x')) AS Nested,"
            + " format(format='%0200d', args=7) AS Long FROM scope()";
    Files.writeString(
        script,
        "export JAVA_HOME="
            + Tmux.quote(System.getProperty("java.home"))
            + "\n"
            + Tmux.quote(VQL)
            + " query --format table "
            + Tmux.quote(query)
            + "\necho over; read again\n");
    try (Tmux terminal = new Tmux(directory, script)) {
      String screen = terminal.await("over");
      assertThat(screen.lines().filter(line -> line.contains("日本語")))
          .hasSize(1)
          .allMatch(line -> line.endsWith("…"));
      assertThat(screen.lines().map(DisplayWidth::of)).allMatch(width -> width <= 90);
    }
  }
}
