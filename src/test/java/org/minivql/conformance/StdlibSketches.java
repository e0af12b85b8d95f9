package org.minivql.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.minivql.spi.Signature;

/** Examples that leave out the call: the value of its first argument, or what differs. */
final class StdlibSketches {
  private static final String RESULT = "(`[^`]*`(?:, `[^`]*`)*|⊥|\\d+)";

  /** A text that is read, or the value of the first argument, with further arguments. */
  private static final Pattern VALUE =
      Pattern.compile("(?<!`)`([^`]+)`(?: with `(\\w+=[^`]+)`)? → " + RESULT);

  private static final Pattern WITH =
      Pattern.compile("[;,] (?:with|so) `(\\w+)=([^`]+)` → " + RESULT);

  private final StdlibDocument.Call call;
  private final BiConsumer<String, String> found;

  /** Sketches of examples of one call; what is found are queries and texts of results. */
  StdlibSketches(StdlibDocument.Call call, BiConsumer<String, String> found) {
    this.call = call;
    this.found = found;
  }

  /**
   * Looks through a line.
   *
   * @param calls the whole calls in it, by where they stand
   */
  void line(String line, NavigableMap<Integer, String> calls) {
    Matcher value = VALUE.matcher(line);
    while (value.find()) {
      String literal = literal(value.group(1));
      if (literal != null) {
        example(literal, value.group(2), value.group(3));
      }
    }
    Matcher with = WITH.matcher(line);
    while (with.find()) {
      Map.Entry<Integer, String> before = calls.floorEntry(with.start());
      if (before == null) {
        continue;
      }
      String other = before.getValue().replaceAll(", " + with.group(1) + "=[^,)]+", "");
      String changed =
          other.substring(0, other.length() - 1) + ", " + with.group(1) + "=" + with.group(2) + ")";
      found.accept("SELECT " + changed + " AS X FROM scope()", bare(with.group(3)));
    }
  }

  /** The literal of a value, or null for what is none. */
  private String literal(String text) {
    if (text.startsWith("[") || text.startsWith("\"")) {
      return call.argument("accessor") ? null : text;
    }
    if (!call.arguments().get(0).name().startsWith("file") || text.matches("\\w+\\(.*")) {
      return null;
    }
    if (text.contains("\\n")) {
      return '"' + text.replace("\"", "\\\"") + '"';
    }
    boolean data = text.contains("⏎") || text.startsWith("<") || text.matches(".*[ ,].*");
    return data ? "'''" + text.replace('⏎', '\n') + "'''" : null;
  }

  private void example(String literal, String with, String result) {
    List<String> results =
        Arrays.stream(result.split("`, `")).map(StdlibSketches::bare).collect(Collectors.toList());
    boolean plugin = call.kind() == Signature.Kind.PLUGIN;
    String columns = "*";
    if (plugin && !results.get(0).startsWith("{")) {
      // Cells, with or without the name of their column.
      boolean named = results.get(0).matches("\\w+=.*");
      columns = named ? results.get(0).replaceAll("=.*", "") : "*";
      results.replaceAll(cell -> named ? cell.replaceAll("^\\w+=", "") : '"' + cell + '"');
    }
    StringBuilder text = new StringBuilder(call.name()).append('(');
    text.append(call.arguments().get(0).name()).append('=').append(literal);
    if (call.argument("accessor")) {
      text.append(", accessor='data'");
    }
    if (with != null) {
      String name = with.substring(0, with.indexOf('='));
      text.append(call.argument(name) ? ", " + with : ", regex='''" + with + "'''");
    }
    text.append(')');
    found.accept(
        plugin ? "SELECT " + columns + " FROM " + text : "SELECT " + text + " AS X FROM scope()",
        String.join(", ", results));
  }

  private static String bare(String result) {
    return result.replaceAll("^`|`$", "");
  }
}
