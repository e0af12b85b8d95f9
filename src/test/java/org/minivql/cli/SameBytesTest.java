package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same fleet gives the same bytes wherever it is played, and as often as one likes. */
@Timeout(120)
class SameBytesTest {
  private static final List<String> HERE =
      List.of("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC");
  // Other letters, digits and half hours.
  private static final List<String> ELSEWHERE =
      List.of(
          "-Duser.language=tr",
          "-Duser.country=TR",
          "-Duser.timezone=Asia/Kolkata",
          "-Dfile.encoding=ISO-8859-1");
  private static final List<String> FAR_AWAY =
      List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=America/St_Johns");

  private static String run(List<String> settings, String line)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings);
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("org.minivql.cli.Main");
    command.addAll(List.of(line.split(" ")));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + "\n" + out;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan --fleet queries/fleets/label-servers --format json",
        "plan --fleet queries/fleets/defender-detections",
        "why C.11c0ffee5a1e0001 Server --fleet queries/fleets/label-both",
        "test queries"
      })
  void bytesDependOnNothingOutside(String line) throws IOException, InterruptedException {
    String first = run(HERE, line);

    assertThat(first).startsWith("0\n").hasSizeGreaterThan(200);
    assertThat(run(HERE, line)).isEqualTo(first);
    assertThat(run(ELSEWHERE, line)).isEqualTo(first);
    assertThat(run(FAR_AWAY, line)).isEqualTo(first);
  }
}
