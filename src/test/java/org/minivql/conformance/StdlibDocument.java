package org.minivql.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.minivql.spi.Signature;

/** The description of the library, as far as a program can read it: signatures and examples. */
final class StdlibDocument {
  private static final Pattern HEADING =
      Pattern.compile("#### (`.*`) — (function|plugin), T([12]) .*");
  private static final Pattern INLINE =
      Pattern.compile("- \\*\\*`(\\w+)\\((.*)\\)`\\*\\* — (function|plugin), T([12]) .*");
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\(\\)`");
  private static final Pattern ARGUMENT = Pattern.compile("(\\*|\\w+): ([\\[\\]\\w]+)(!?)");

  /** One argument. */
  record Argument(String name, String type, boolean required) {}

  /** One function or plugin. */
  record Call(Signature.Kind kind, String name, int tier, List<Argument> arguments) {
    boolean argument(String wanted) {
      return arguments.stream().anyMatch(argument -> argument.name().equals(wanted));
    }

    boolean open() {
      return arguments.stream().anyMatch(argument -> argument.name().equals("*"));
    }

    @Override
    public String toString() {
      return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name;
    }
  }

  /**
   * One example.
   *
   * @param line where it stands
   * @param query a statement that yields the result
   * @param expected the text of the result
   */
  record Example(int line, String query, String expected) {}

  private final List<String> lines;
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<Call> current = new ArrayList<>();

  private StdlibDocument(List<String> lines) {
    this.lines = lines;
    for (int i = 0; i < lines.size(); i++) {
      line(i);
    }
  }

  /** The document; a test that asks is skipped where it is absent. */
  static StdlibDocument read() throws IOException {
    Optional<Path> file =
        Cases.shared().map(dir -> dir.resolve("spec/stdlib.md")).filter(Files::isRegularFile);
    Assumptions.assumeTrue(file.isPresent(), "no description of the library found");
    return new StdlibDocument(Files.readAllLines(file.get()));
  }

  List<Call> calls() {
    return List.copyOf(calls.values());
  }

  List<Example> examples() {
    return examples;
  }

  /** Texts of times, those that are read or those that are not. */
  List<String> times(boolean read) {
    List<String> texts = new ArrayList<>();
    int from = lines.indexOf("### 6.1 Free-form date strings");
    int to = lines.indexOf("### 6.2 Reference-time layouts");
    for (String line : from < 0 || to < from ? List.<String>of() : lines.subList(from, to)) {
      boolean wanted = read ? line.startsWith("| `") : line.startsWith("Rejected");
      Matcher text =
          Pattern.compile("`\"?([^`]*?)\"?`").matcher(wanted ? line.split(" \\| ")[0] : "");
      while (text.find()) {
        if (!text.group(1).contains("…")) {
          texts.add(text.group(1));
        }
      }
    }
    return texts;
  }

  private void line(int at) {
    String line = lines.get(at);
    Matcher heading = HEADING.matcher(line);
    Matcher inline = INLINE.matcher(line);
    if (heading.matches()) {
      heading(heading);
    } else if (inline.matches()) {
      current.clear();
      List<Argument> arguments = new ArrayList<>();
      Matcher argument = ARGUMENT.matcher(inline.group(2));
      while (argument.find()) {
        arguments.add(
            new Argument(argument.group(1), argument.group(2), !argument.group(3).isEmpty()));
      }
      add(inline.group(3), inline.group(1), inline.group(4), arguments);
    } else if (line.startsWith("#")) {
      current.clear();
    } else if (line.startsWith("| ") && !line.startsWith("| arg |")) {
      row(at, line);
    } else {
      examples(at, line);
    }
  }

  private void heading(Matcher heading) {
    current.clear();
    Matcher name = NAME.matcher(heading.group(1));
    while (name.find()) {
      add(heading.group(2), name.group(1), heading.group(3), new ArrayList<>());
    }
  }

  private void add(String kind, String name, String tier, List<Argument> arguments) {
    Call call =
        new Call(
            kind.equals("plugin") ? Signature.Kind.PLUGIN : Signature.Kind.FUNCTION,
            name,
            Integer.parseInt(tier),
            arguments);
    current.add(call);
    calls.put(call.toString(), call);
  }

  private void row(int at, String line) {
    String[] cells = line.split("(?<!\\\\)\\|");
    if (cells.length == 3 && cells[1].strip().matches("`.*`") && cells[2].strip().matches("`.*`")) {
      String[] calls = code(cells[1]).split("` ?[,/] ?`");
      String[] results = code(cells[2]).split("` ?/ ?`");
      for (int i = 0; i < calls.length; i++) {
        String call = complete(calls[i].replace("\\|", "|"), "");
        String result = results[results.length == calls.length ? i : 0];
        if (call == null) {
          sketches(at, cells[1].strip() + " → " + cells[2].strip(), new TreeMap<>());
        } else if (results.length == 1 || results.length == calls.length) {
          example(at, call, result.replace("\\|", "|"));
        }
      }
    } else if (cells.length == 3 && line.contains("⏎")) {
      sketches(at, cells[1].strip() + " → " + cells[2].strip(), new TreeMap<>());
    } else if (cells.length >= 5 && !current.isEmpty()) {
      for (String name : cells[1].strip().split(", *")) {
        Argument argument =
            new Argument(name.replace("`", ""), cells[2].strip(), cells[3].strip().equals("yes"));
        current.forEach(call -> call.arguments().add(argument));
      }
    }
  }

  private static String code(String cell) {
    String text = cell.strip();
    return text.substring(1, text.length() - 1);
  }

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "`([^`]+)` → (`\\.\\w+` (?:`[^`]+`)(?:, `\\.\\w+` `[^`]+`)*"
              + "|`[^`]+`(?:, `\\{[^`]+`)*|[^`;(), ]+(?:, [^`;(), ]+)*)");

  private void examples(int at, String line) {
    Matcher matcher = EXAMPLE.matcher(line);
    String last = "";
    NavigableMap<Integer, String> calls = new TreeMap<>();
    while (matcher.find()) {
      String call = complete(matcher.group(1), last);
      if (call != null) {
        result(at, call, matcher.group(2));
        last = call;
        calls.put(matcher.start(), call);
      }
    }
    sketches(at, line, calls);
  }

  private void sketches(int at, String line, NavigableMap<Integer, String> calls) {
    if (current.size() == 1 && !current.get(0).arguments().isEmpty()) {
      new StdlibSketches(
              current.get(0),
              (query, expected) -> examples.add(new Example(at + 1, query, expected)))
          .line(line, calls);
    }
  }

  /** A shortened repetition is spelt out; null for what is no call. */
  private static String complete(String text, String last) {
    if (text.startsWith("…(")) {
      return last.substring(0, last.indexOf('(')) + text.substring(1);
    }
    if (text.startsWith("…, ")) {
      return last.substring(0, last.indexOf(')')) + text.substring(1);
    }
    if (text.matches("\\.\\w+")) {
      return last.substring(0, last.lastIndexOf(')') + 1) + text;
    }
    return text.matches("(?s)(SELECT .*|\\w+\\(.*\\)(\\.\\w+)*( [<>=].*)?)") && !text.contains("…")
        ? text
        : null;
  }

  private void result(int at, String call, String result) {
    Matcher members = Pattern.compile("`(\\.\\w+)` `([^`]+)`").matcher(result);
    if (result.startsWith("`.")) {
      while (members.find()) {
        example(at, call + members.group(1), members.group(2));
      }
      return;
    }
    String bare = result.replaceAll("[.:]$", "");
    example(at, call, bare.replace("`", ""));
  }

  private void example(int at, String call, String expected) {
    if (call.startsWith("SELECT ")) {
      examples.add(new Example(at + 1, call, expected));
    } else {
      String name = call.substring(0, call.indexOf('('));
      boolean plugin =
          current.stream()
              .anyMatch(c -> c.kind() == Signature.Kind.PLUGIN && c.name().equals(name));
      examples.add(
          new Example(
              at + 1,
              plugin ? "SELECT * FROM " + call : "SELECT " + call + " AS X FROM scope()",
              expected));
    }
  }
}
