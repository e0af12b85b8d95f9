package org.minivql.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the slightly wrong YAML that is in use readable: a query key followed by nothing begins a
 * literal block, and so does a plain item of {@code queries}.
 */
final class YamlText {
  private static final Pattern BARE_KEY =
      Pattern.compile("^([ -]*)(query|precondition|export):[ \\t]*$");
  private static final Pattern QUERIES = Pattern.compile("^([ -]*)queries:[ \\t]*$");
  private static final Pattern ITEM = Pattern.compile("^( *)-( +)((?:SELECT|LET|//).*)$");

  private final List<String> out = new ArrayList<>();
  private final List<Integer> origin = new ArrayList<>();

  private YamlText(String source) {
    String[] lines = source.replace("\r\n", "\n").split("\n", -1);
    int queries = -1;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (!line.isBlank() && indent(line) < queries) {
        queries = -1;
      }
      Matcher key = QUERIES.matcher(line);
      Matcher item = ITEM.matcher(line);
      if (key.matches()) {
        queries = key.group(1).length();
        add(line, i);
      } else if (queries >= 0 && item.matches() && item.group(1).length() >= queries) {
        item(lines, i, item);
      } else {
        add(BARE_KEY.matcher(line).matches() ? line.stripTrailing() + " |" : line, i);
      }
    }
  }

  /** The text in its readable form. */
  static YamlText of(String source) {
    return new YamlText(source);
  }

  String text() {
    return String.join("\n", out);
  }

  /** The line of the source that a line of {@link #text} comes from; both from 1. */
  int sourceLine(int line) {
    return line < 1 || line > origin.size() ? line : origin.get(line - 1) + 1;
  }

  private void item(String[] lines, int at, Matcher item) {
    int dash = item.group(1).length();
    int column = dash + 1 + item.group(2).length();
    for (int i = at + 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        int indent = indent(lines[i]);
        if (indent <= dash) {
          break;
        }
        column = Math.min(column, indent);
      }
    }
    add(item.group(1) + "- |", at);
    add(" ".repeat(column) + item.group(3), at);
  }

  private void add(String line, int from) {
    out.add(line);
    origin.add(from);
  }

  private static int indent(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == ' ') {
      i++;
    }
    return i;
  }
}
