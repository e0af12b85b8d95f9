package org.minivql.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.testing.Reliability;

/** The same sources give the same bytes, wherever and whenever they are built. */
@Tag("soak")
class ReproducibleBuildTest {
  @TempDir Path folder;

  private String jar(String name) throws Exception {
    Path project = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    Path copy = Files.createDirectories(folder.resolve(name));
    for (String part : List.of("pom.xml", "grammar", "src")) {
      copy(project.resolve(part), copy.resolve(part));
    }
    Process build =
        new ProcessBuilder("mvn", "-o", "-q", "-B", "process-classes", "jar:jar")
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(build.getInputStream().readAllBytes());
    assertThat(build.waitFor()).as(said).isZero();
    byte[] bytes = Files.readAllBytes(copy.resolve("target/minivql.jar"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  void twoBuildsGiveTheSameJar() throws Exception {
    boolean maven =
        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, "mvn")));
    Assumptions.assumeTrue(maven);
    assertThat(jar("one")).isEqualTo(jar("another-place"));
    Reliability.record("Build: the jar of two builds in two folders", "once", "the same bytes");
  }
}
