package org.minivql.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.re2j.Pattern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;

/** A large file of process events, of which a query wants three fields. */
final class EventFile {
  private static final int LINES = 1_000_000;
  private static final JsonFactory JSON = new JsonFactory();

  private EventFile() {}

  static Workload workload(String name) {
    Path file = file();
    Pattern pattern = Pattern.compile("(?i)winword");
    return new Workload(engine(), name, LINES, program(), out -> byHand(file, pattern, out));
  }

  /** An engine that may read the file. */
  static Vql engine() {
    return Vql.builder()
        .service(Accessors.class, new StandardAccessors(FileRoots.anywhere(Path.of("/"))))
        .build();
  }

  private static void byHand(Path file, Pattern pattern, Consumer<Object> out) {
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        Map<String, Object> row = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String field = parser.currentName();
          parser.nextToken();
          switch (field) {
            case "Pid" -> row.put(field, parser.getLongValue());
            case "Exe", "CommandLine" -> row.put(field, parser.getText());
            default -> parser.skipChildren();
          }
        }
        if (pattern.matcher((String) row.get("Exe")).find()) {
          out.accept(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program that reads it. */
  static String program() {
    return "SELECT Pid, Exe, CommandLine FROM parse_jsonl(filename='"
        + file().toString().replace("\\", "\\\\")
        + "', accessor='file') WHERE Exe =~ 'winword'";
  }

  /** The file. */
  static Path file() {
    return MadeFile.of("events.jsonl", EventFile::write);
  }

  private static void write(BufferedWriter out) throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < LINES; i++) {
      String exe = random.nextInt(100) == 0 ? "winword" : "process" + random.nextInt(300);
      out.write(
          "{\"Time\":\"2026-01-02T03:04:05Z\",\"Host\":\"ws-"
              + random.nextInt(5000)
              + "\",\"Pid\":"
              + i
              + ",\"Ppid\":"
              + i / 2
              + ",");
      out.write("\"Exe\":\"C:\\\\Programs\\\\" + exe + ".exe\",\"User\":\"user-" + i % 99 + "\",");
      out.write("\"CommandLine\":\"" + exe + ".exe /run /item:" + random.nextLong() + "\",");
      out.write("\"Hash\":\"" + Long.toHexString(random.nextLong()) + "\",");
      out.write("\"Session\":" + i % 4 + ",\"Integrity\":\"Medium\",\"Signed\":true,");
      out.write("\"Parent\":\"C:\\\\Windows\\\\explorer.exe\"}\n");
    }
  }
}
