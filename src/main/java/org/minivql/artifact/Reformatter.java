package org.minivql.artifact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.minivql.syntax.Formatter;
import org.minivql.syntax.SyntaxException;

/**
 * Lays out the queries of a definition and leaves the rest of its text as it is.
 *
 * @since 0.1.0
 */
public final class Reformatter {
  private Reformatter() {}

  /**
   * The text with its queries laid out, those in literal blocks; without line ends after the last.
   * Nothing but the queries need be valid.
   *
   * @throws ArtifactException where it has not the form of a definition, or a query does not parse
   */
  public static String reformat(String yaml) {
    List<String> lines = new ArrayList<>(List.of(yaml.replace("\r\n", "\n").split("\n", -1)));
    List<YamlNode.Scalar> blocks = new ArrayList<>();
    for (Map.Entry<String, YamlNode.Scalar> place : Decoder.decode(yaml).places().entrySet()) {
      boolean query = place.getKey().matches("(sources\\[\\d+]\\.)?(query|precondition|export)");
      if (query && place.getValue().textLine() > place.getValue().line()) {
        blocks.add(place.getValue());
      }
    }
    // The last one first, so that the lines of the others stay where they are.
    blocks.sort(Comparator.comparingInt(YamlNode.Scalar::textLine).reversed());
    blocks.forEach(block -> replace(lines, block));
    return String.join("\n", lines).stripTrailing();
  }

  private static void replace(List<String> lines, YamlNode.Scalar block) {
    int indent = block.textColumn() - 1;
    int from = block.textLine() - 1;
    int to = from;
    int end = from;
    while (to < lines.size() && inside(lines.get(to), indent)) {
      to++;
      end = lines.get(to - 1).isBlank() ? end : to;
    }
    String text = formatted(block.text());
    List<String> formatted = new ArrayList<>();
    text.lines().forEach(line -> formatted.add(line.isBlank() ? "" : " ".repeat(indent) + line));
    List<String> old = lines.subList(from, end);
    old.clear();
    old.addAll(formatted);
  }

  private static String formatted(String query) {
    try {
      return Formatter.format(query).stripTrailing();
    } catch (SyntaxException e) {
      throw new ArtifactException(e.getMessage());
    }
  }

  private static boolean inside(String line, int indent) {
    return line.isBlank() || line.length() > indent && line.substring(0, indent).isBlank();
  }
}
