package org.minivql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of what long tests tried, in {@code target/reliability.md}: a line for each of them.
 */
public final class Reliability {
  private static final String HEAD =
      "| what was tried | how often | what happened | when |\n|---|---|---|---|\n";

  private Reliability() {}

  /** Writes the line of one test, in place of an earlier one. */
  public static synchronized void record(String tried, String times, String happened) {
    try {
      Path file = Path.of(System.getProperty("basedir", "."), "target", "reliability.md");
      List<String> lines = new ArrayList<>();
      if (Files.exists(file)) {
        Files.readAllLines(file).stream()
            .skip(2)
            .filter(line -> !line.startsWith("| " + tried + " |"))
            .forEach(lines::add);
      }
      String today = LocalDate.now(ZoneOffset.UTC).toString();
      lines.add("| " + tried + " | " + times + " | " + happened + " | " + today + " |");
      lines.sort(null);
      Files.writeString(file, HEAD + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
