package org.minivql.format.evtx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real logs, where this machine has some. */
final class SharedLogs {
  private SharedLogs() {}

  static List<Path> all() throws IOException {
    Path directory =
        Path.of(System.getProperty("vql.shared.dir", "../shared")).resolve("data/evtx");
    Assumptions.assumeTrue(
        Files.isDirectory(directory), () -> "no event logs: " + directory + " does not exist");
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".evtx")).sorted().toList();
    }
  }
}
