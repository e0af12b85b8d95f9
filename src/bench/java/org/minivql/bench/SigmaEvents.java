package org.minivql.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.re2j.Pattern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/** Process events as a log has them, with all fields, one a line, and rules about them. */
final class SigmaEvents {
  private static final int EVENTS = 200_000;
  private static final int RULES = 100;
  private static final int KINDS = 4;
  private static final JsonFactory JSON = new JsonFactory();

  /** How many of thousands of rules are about the first of the sources, and its events. */
  private static final int OF_ONE = 2000;

  private static final int EVENTS_OF_ONE = 100_000;
  private static final int OF_OTHERS = 3000;
  private static final int OTHERS = 49;
  private static final int EVENTS_OF_OTHER = 1000;

  private final int first;
  private final String[] images;
  private final String[] parts;
  private final Pattern[] patterns;

  /**
   * @param first the number of the first rule
   */
  private SigmaEvents(int first, int rules) {
    this.first = first;
    this.images = new String[rules + 1];
    this.parts = new String[rules];
    this.patterns = new Pattern[rules];
    for (int i = 0; i < rules; i++) {
      images[i] = image(first + i);
      parts[i] = part(first + i);
      patterns[i] = Pattern.compile("(?i)-K part" + (first + i) + " .*quiet$");
    }
    images[rules] = image(first + rules);
  }

  /** A hundred rules of one source. */
  static Workload workload(String name) {
    SigmaEvents loop = new SigmaEvents(0, RULES);
    Path file = file();
    String program = program(loop.rules("sysmon"), source("sysmon", file, EVENTS));
    return new Workload(
        EventFile.engine(), name, EVENTS, program, out -> loop.run(file, EVENTS, out));
  }

  /** Thousands of rules of many sources. */
  static Workload many(String name) {
    Path file = file();
    SigmaEvents one = new SigmaEvents(0, OF_ONE);
    StringBuilder rules = new StringBuilder(one.rules("sysmon"));
    StringBuilder sources = new StringBuilder(source("sysmon", file, EVENTS_OF_ONE));
    List<SigmaEvents> others = new ArrayList<>();
    int next = OF_ONE;
    for (int i = 1; i <= OTHERS; i++) {
      int end = OF_ONE + OF_OTHERS * i / OTHERS;
      others.add(new SigmaEvents(next, end - next));
      rules.append(others.get(i - 1).rules("other" + i));
      sources.append(", ").append(source("other" + i, file, EVENTS_OF_OTHER));
      next = end;
    }
    return new Workload(
        EventFile.engine(),
        name,
        EVENTS_OF_ONE + OTHERS * EVENTS_OF_OTHER,
        program(rules.toString(), sources.toString()),
        out -> {
          one.run(file, EVENTS_OF_ONE, out);
          others.forEach(other -> other.run(file, EVENTS_OF_OTHER, out));
        });
  }

  private static String program(String rules, String sources) {
    return "SELECT _Rule FROM sigma(rules='''"
        + rules
        + "''', field_mapping=dict(EventID='x=>x.System.EventID.Value',"
        + " Image='x=>x.EventData.Image', CommandLine='x=>x.EventData.CommandLine',"
        + " User='x=>x.EventData.User'), log_sources=sigma_log_sources("
        + sources
        + "))";
  }

  private static String source(String service, Path file, int events) {
    return "`process_creation/windows/"
        + service
        + "`={ SELECT * FROM parse_evtx(filename='"
        + file.toString().replace("\\", "\\\\")
        + "') LIMIT "
        + events
        + " }";
  }

  private static String image(int rule) {
    return "\\prog" + rule + ".exe";
  }

  private static String part(int rule) {
    return " part" + rule + " ";
  }

  private String rules(String service) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      rules.append("title: Rule ").append(first + i);
      rules.append("\nlogsource: {category: process_creation, product: windows, service: ");
      rules.append(service).append("}\ndetection:\n");
      rules.append(detection(first + i)).append("\n---\n");
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

  private void run(Path file, int events, Consumer<Object> out) {
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      for (int i = 0; i < events && parser.nextToken() != null; i++) {
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
    for (int i = 0; i < parts.length; i++) {
      boolean matches =
          switch ((first + i) % KINDS) {
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

  /** The file. */
  private static Path file() {
    return MadeFile.of("sigma-full-events.jsonl", SigmaEvents::write);
  }

  private static void write(BufferedWriter out) throws IOException {
    Random random = new Random(4);
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
