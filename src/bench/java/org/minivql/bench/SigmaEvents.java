package org.minivql.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.re2j.Pattern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/** Process events as a log has them, with all fields, one a line, and rules about them. */
final class SigmaEvents {
  private static final int EVENTS = 200_000;
  private static final int RULES = 100;
  private static final int KINDS = 4;
  private static final JsonFactory JSON = new JsonFactory();

  private final String[] images = new String[RULES];
  private final String[] parts = new String[RULES];
  private final Pattern[] patterns = new Pattern[RULES];

  private SigmaEvents() {
    for (int i = 0; i < RULES; i++) {
      images[i] = image(i);
      parts[i] = part(i);
      patterns[i] = Pattern.compile("(?i)-K part" + i + " .*quiet$");
    }
  }

  static Workload workload(String name) {
    Path file = file();
    SigmaEvents loop = new SigmaEvents();
    String program =
        "SELECT _Rule FROM sigma(rules='''"
            + rules()
            + "''', field_mapping=dict(EventID='x=>x.System.EventID.Value',"
            + " Image='x=>x.EventData.Image', CommandLine='x=>x.EventData.CommandLine',"
            + " User='x=>x.EventData.User'), log_sources=sigma_log_sources("
            + "`process_creation/windows/sysmon`={ SELECT * FROM parse_evtx(filename='"
            + file.toString().replace("\\", "\\\\")
            + "') }))";
    return new Workload(EventFile.engine(), name, EVENTS, program, out -> loop.run(file, out));
  }

  private static String image(int rule) {
    return "\\prog" + rule + ".exe";
  }

  private static String part(int rule) {
    return " part" + rule + " ";
  }

  private static String rules() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < RULES; i++) {
      rules.append("title: Rule ").append(i);
      rules.append("\nlogsource: {category: process_creation, product: windows}\ndetection:\n");
      rules.append(detection(i)).append("\n---\n");
    }
    return rules.toString();
  }

  private static String detection(int rule) {
    return switch (rule % KINDS) {
      case 0 ->
          "  s: {Image|endswith: '"
              + image(rule)
              + "', CommandLine|contains: ['part7 ', 'other']}"
              + "\n  f: {User: nobody}\n  condition: s and not f";
      case 1 ->
          "  s: {CommandLine|contains|all: ['"
              + part(rule)
              + "', '--quiet'], EventID: 1}"
              + "\n  condition: s";
      case 2 ->
          "  a: {Image|endswith: ['"
              + image(rule)
              + "', '"
              + image(rule + 1)
              + "']}"
              + "\n  b: {Image|startswith: 'D:\\'}\n  condition: a and b";
      default ->
          "  s: {Image|contains: '"
              + image(rule)
              + "', CommandLine|re: '-K part"
              + rule
              + " .*quiet$'}\n  condition: s";
    };
  }

  private void run(Path file, Consumer<Object> out) {
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        long id = 0;
        String image = "";
        String line = "";
        String user = "";
        int depth = 1;
        while (depth > 0) {
          JsonToken token = parser.nextToken();
          if (token == JsonToken.START_OBJECT) {
            depth++;
          } else if (token == JsonToken.END_OBJECT) {
            depth--;
          } else if (token == JsonToken.FIELD_NAME) {
            switch (parser.currentName()) {
              case "Value" -> id = parser.nextLongValue(0);
              case "Image" -> image = parser.nextTextValue().toLowerCase(Locale.ROOT);
              case "CommandLine" -> line = parser.nextTextValue();
              case "User" -> user = parser.nextTextValue();
              default -> {}
            }
          }
        }
        test(id, image, line, user, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void test(long id, String image, String line, String user, Consumer<Object> out) {
    String lower = line.toLowerCase(Locale.ROOT);
    for (int i = 0; i < RULES; i++) {
      boolean matches =
          switch (i % KINDS) {
            case 0 ->
                image.endsWith(images[i])
                    && (lower.contains("part7 ") || lower.contains("other"))
                    && !user.equals("nobody");
            case 1 -> lower.contains(parts[i]) && lower.contains("--quiet") && id == 1;
            case 2 ->
                (image.endsWith(images[i]) || image.endsWith(images[i + 1]))
                    && image.startsWith("d:\\");
            default -> image.contains(images[i]) && patterns[i].matcher(line).find();
          };
      if (matches) {
        out.accept(i);
      }
    }
  }

  /** The file; it is written once. */
  private static Path file() {
    Path file =
        Path.of(System.getProperty("bench.dir", "target"), "sigma-full-events.jsonl")
            .toAbsolutePath();
    try {
      if (!Files.exists(file)) {
        Path part = file.resolveSibling("sigma-full-events.jsonl.part");
        write(part);
        Files.move(part, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static void write(Path file) throws IOException {
    Random random = new Random(4);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < EVENTS; i++) {
        out.write(
            "{\"System\":{\"Provider\":{\"Name\":\"Microsoft-Windows-Sysmon\",\"Guid\":"
                + "\"5770385F-C22A-43E0-BF4C-06F5698FFBD9\"},\"EventID\":{\"Value\":1},"
                + "\"Version\":5,\"Level\":4,\"Task\":1,\"Opcode\":0,"
                + "\"Keywords\":9223372036854775808,\"TimeCreated\":{\"SystemTime\":");
        out.write((1_772_452_800 + i) + "." + random.nextInt(1000) + "},\"EventRecordID\":" + i);
        out.write(",\"Correlation\":{},\"Execution\":{\"ProcessID\":2896,\"ThreadID\":");
        out.write(3000 + random.nextInt(2000) + "},\"Channel\":");
        out.write(
            "\"Microsoft-Windows-Sysmon/Operational\",\"Computer\":\"ws-042.corp.example\","
                + "\"Security\":{\"UserID\":\"S-1-5-18\"}},\"EventData\":{\"RuleName\":\"-\","
                + "\"UtcTime\":\"2026-03-02 12:00:00.000\",\"ProcessGuid\":"
                + "\"B5CF5B2E-3C40-67C4-0B00-000000001900\",\"ProcessId\":");
        out.write(random.nextInt(9000) + ",\"Image\":\"C:\\\\Windows\\");
        out.write(image(random.nextInt(20 * RULES)));
        out.write("\",\"CommandLine\":\"run -k" + part(random.nextInt(5000)) + "--quiet");
        out.write(
            "\",\"User\":\"NT AUTHORITY\\\\SYSTEM\",\"IntegrityLevel\":\"System\","
                + "\"ParentProcessId\":812,\"ParentImage\":"
                + "\"C:\\\\Windows\\\\System32\\\\services.exe\"},\"Message\":\"\"}\n");
      }
    }
  }
}
