package org.minivql.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The commands of the README run, and print what stands there. */
@Timeout(300)
class ReadmeIT {
  /** What builds this project; it cannot run inside a build of it. */
  private static final List<String> BUILDS =
      List.of(
          "mvn -q package -DskipTests",
          "mvn -B verify",
          "mvn -q test -Dtest='*Conformance*' -Dvql.conformance.dir=DIR");

  private static final String PROMPT = "$ ";

  @BeforeAll
  static void clear() throws IOException {
    Path made = Path.of("target/my-fleet");
    if (Files.exists(made)) {
      try (Stream<Path> files = Files.walk(made)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
          Files.delete(file);
        }
      }
    }
  }

  private static String output(String command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("readme", ".log");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    builder.redirectError(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String logged = Files.readString(log);
    Files.delete(log);
    assertThat(status).as("%s: %s", command, logged).isZero();
    assertThat(logged).doesNotContain("ERROR:");
    return output;
  }

  @TestFactory
  List<DynamicTest> everyCommandRuns() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Blocks.Block block : Blocks.of(Path.of("README.md"))) {
      if (block.language().equals("sh")) {
        block.text().lines().forEach(line -> tests.add(command(line)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(8);
    return tests;
  }

  private static DynamicTest command(String line) {
    return DynamicTest.dynamicTest(
        line,
        () -> {
          for (String command : line.split(" && ")) {
            if (command.startsWith("mvn ")) {
              assertThat(BUILDS).contains(command);
            } else {
              output(command);
            }
          }
        });
  }

  @TestFactory
  List<DynamicTest> everyPictureOfARunIsTrue() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Blocks.Block block : Blocks.of(Path.of("README.md"))) {
      if (block.text().startsWith(PROMPT)) {
        for (String run : block.text().split("(?m)^\\$ ")) {
          if (!run.isEmpty()) {
            tests.add(picture(run));
          }
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(3);
    return tests;
  }

  /** A command, and below it its output with dots where something was left out. */
  private static DynamicTest picture(String run) {
    int end = run.indexOf('\n');
    String command = run.substring(0, end);
    return DynamicTest.dynamicTest(
        command, () -> assertThat(output(command)).matches(pattern(run.substring(end + 1))));
  }

  private static Pattern pattern(String shown) {
    StringBuilder regex = new StringBuilder();
    for (String line : shown.stripTrailing().split("\n")) {
      if (line.equals("…")) {
        regex.append("(.*\n)*?");
      } else {
        String exact =
            Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        regex.append(exact).append('\n');
      }
    }
    return Pattern.compile(regex.toString());
  }

  @TestFactory
  List<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    String text = Files.readString(Path.of("README.md"));
    return Pattern.compile("]\\(([^)#:]+)\\)")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .map(target -> DynamicTest.dynamicTest(target, () -> assertThat(Path.of(target)).exists()))
        .collect(Collectors.toList());
  }
}
