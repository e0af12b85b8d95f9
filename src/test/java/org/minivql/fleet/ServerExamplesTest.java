package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
