package org.minivql.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a benchmark reads. */
final class MadeFile {
  private MadeFile() {}

  /** Writes a file. */
  interface Content {
    void write(BufferedWriter out) throws IOException;
  }

  /** The file of this name; it is written once, and is whole where it exists. */
  static Path of(String name, Content content) {
    Path file = Path.of(System.getProperty("bench.dir", "target"), name).toAbsolutePath();
    try {
      if (!Files.exists(file)) {
        Path part = file.resolveSibling(name + ".part");
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
          content.write(out);
        }
        Files.move(part, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
