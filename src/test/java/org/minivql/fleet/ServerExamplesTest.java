package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minivql.fleet.TestFleet.Played;

/** Examples of what a server does, each in a fleet of its own. */
class ServerExamplesTest {
  private static final Path FILES = Path.of("src/test/resources/org/minivql/fleet/examples");

  @TempDir Path folder;

  static List<Example> examples() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.sorted().flatMap(file -> Example.read(file).stream()).toList();
    }
  }

  /** What has no example here is shown by tests of its own: enrolment, quirks, files, queues. */
  @Test
  void eachSectionHasItsExamples() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    examples().forEach(example -> counts.merge(example.section(), 1, Integer::sum));

    assertThat(String.join(", ", counts.entrySet().stream().map(Object::toString).toList()))
        .isEqualTo(
            String.join(
                ", ",
                "0.1=5, 0.2=2, 0.3=4, 0.4=3, 0.5=4",
                "1.1=1, 1.2=2, 1.3=6, 1.4=2, 1.5=1, 1.5.1=1, 1.5.3=3, 1.6=1, 1.7=5, 1.8=20, 1.9=1",
                "2.1=5, 2.10=5, 2.11=5, 2.12=8, 2.13=3, 2.2=6, 2.3=1, 2.4=4, 2.5=5, 2.6=13, 2.7=3, 2.8=9, 2.9=7",
                "3.1=2, 3.2=2, 3.3=3, 3.4=3, 3.5=16, 3.6=2, 3.7=6",
                "4.1=4, 4.2=4, 4.3=3, 4.4=3, 4.5=1, 4.6=4",
                "5.1=2, 5.2=1, 5.3=3, 5.4=1, 5.5=8, 5.7=8",
                "6.2=1, 6.3=1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void isAsOnAServer(Example example) {
    if (example.program().isEmpty()) {
      play(example);
    } else {
      run(example);
    }
  }

  private void run(Example example) {
    try (StageBench bench = new StageBench(example.fleet(folder).open())) {
      String rows = bench.rows(example.program());

      assertThat(rows).isEqualTo(String.join("\n", example.all("<")));
      List<String> log = bench.log.stream().map(line -> line.lines().findFirst().get()).toList();
      assertThat(log).containsExactlyElementsOf(example.all("!"));
    }
  }

  private void play(Example example) {
    var events = example.byName("event");
    Played played = example.fleet(folder).play(events.keySet().toArray(String[]::new));

    events.forEach(
        (queue, rows) ->
            assertThat(played.events().get(queue)).as(queue).containsExactlyElementsOf(rows));
    example
        .byName("row")
        .forEach(
            (rule, rows) ->
                assertThat(played.rowsOf(rule)).as(rule).containsExactlyElementsOf(rows));
    if (!example.all("labels").isEmpty()) {
      assertThat(played.labels()).containsExactlyElementsOf(example.all("labels"));
    }
    assertThat(played.log()).containsAll(example.all("!"));
  }
}
