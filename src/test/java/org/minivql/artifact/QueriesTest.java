package org.minivql.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minivql.syntax.Parser;

class QueriesTest {

  static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("queries"))) {
      return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
    }
  }

  static List<Path> programs() throws IOException {
    return files(".vql");
  }

  static List<Path> artifacts() throws IOException {
    return files(".yaml").stream()
        .filter(p -> p.getParent().getFileName().toString().equals("artifacts"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramParses(Path file) throws IOException {
    assertThat(Parser.parse(Files.readString(file)).statements()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyArtifactIsNamedLikeItsFileAndReads(Path file) throws IOException {
    Artifact artifact = Artifact.parse(Files.readString(file));
    assertThat(file).hasFileName(artifact.name() + ".yaml");
  }
}
