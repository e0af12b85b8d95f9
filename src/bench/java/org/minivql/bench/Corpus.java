package org.minivql.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;

/** Compiles many programs, in a process of its own: once cold, then until it is warm. */
public final class Corpus {
  private static final long WARM_NANOS = 6_000_000_000L;

  private Corpus() {}

  /** Where the programs are, or null. */
  static Path file() {
    Path shared = Path.of(System.getProperty("vql.shared.dir", "../shared"));
    Path file = shared.resolve("conformance").resolve("corpus").resolve("corpus.jsonl");
    return Files.exists(file) ? file.toAbsolutePath() : null;
  }

  static List<String> programs(Path file) throws IOException {
    List<String> programs = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String field = parser.currentName();
          parser.nextToken();
          if (field.equals("query")) {
            programs.add(parser.getText());
          } else {
            parser.skipChildren();
          }
        }
      }
    }
    return programs;
  }

  /**
   * Prints bytes, bad programs, cold nanoseconds and warm nanoseconds.
   *
   * @param arguments the file; then optionally {@code once} to leave out the warm part
   */
  public static void main(String[] arguments) throws IOException {
    List<String> programs = programs(Path.of(arguments[0]));
    long bytes = 0;
    for (String program : programs) {
      bytes += program.getBytes(StandardCharsets.UTF_8).length;
    }
    long start = System.nanoTime();
    Vql engine = Vql.builder().build();
    int bad = compile(engine, programs);
    long cold = System.nanoTime() - start;
    long warm = cold;
    long end = System.nanoTime() + (arguments.length > 1 ? 0 : WARM_NANOS);
    while (System.nanoTime() < end) {
      start = System.nanoTime();
      compile(engine, programs);
      warm = Math.min(warm, System.nanoTime() - start);
    }
    System.out.println(bytes + " " + bad + " " + cold + " " + warm);
  }

  private static int compile(Vql engine, List<String> programs) {
    int bad = 0;
    for (String program : programs) {
      try {
        engine.compile(program);
      } catch (VqlSyntaxException e) {
        bad++;
      }
    }
    return bad;
  }
}
