package org.minivql.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.minivql.Program;
import org.minivql.QueryOptions;

/** Decodes a large binary event log: the chunks of real ones, many times over. */
final class EventLogFile {
  private static final int HEADER = 4096;
  private static final long SIZE = 64L << 20;
  private static final int ROUNDS = 8;

  private EventLogFile() {}

  /** Real logs, or none where this machine has none. */
  static List<Path> logs() throws IOException {
    Path folder = Path.of(System.getProperty("vql.shared.dir", "../shared"), "data", "evtx");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".evtx")).sorted().toList();
    }
  }

  /** The best time of some rounds. */
  static Result run(String name, List<Path> logs) throws IOException {
    Path file = Path.of(System.getProperty("bench.dir", "target"), "large.evtx").toAbsolutePath();
    write(file, logs);
    Program program =
        EventFile.engine()
            .compile(
                "SELECT * FROM parse_evtx(filename='"
                    + file.toString().replace("\\", "\\\\")
                    + "')");
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      program.run(QueryOptions.defaults(), row -> true);
      best = Math.min(best, System.nanoTime() - start);
    }
    long bytes = Files.size(file);
    Files.delete(file);
    return new Result(name, bytes, (double) best / bytes, Double.NaN);
  }

  private static void write(Path file, List<Path> logs) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(Files.readAllBytes(logs.get(0)), 0, HEADER);
      long written = HEADER;
      while (written < SIZE) {
        for (Path log : logs) {
          byte[] data = Files.readAllBytes(log);
          out.write(data, HEADER, data.length - HEADER);
          written += data.length - HEADER;
        }
      }
    }
  }
}
