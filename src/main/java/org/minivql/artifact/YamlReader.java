package org.minivql.artifact;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Reads the first document of a YAML text into a tree with places.
 *
 * @since 0.1.0
 */
public final class YamlReader {
  private static final int MAX_DEPTH = 100;
  // An alias counts as many nodes as it stands for: a small file must not become a large tree.
  private static final int MAX_NODES = 1_000_000;

  private final YAMLParser parser;
  private final String text;
  private final IntUnaryOperator lines;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private final Map<String, Integer> weights = new HashMap<>();
  private int nodes;

  private YamlReader(YAMLParser parser, String text, IntUnaryOperator lines) {
    this.parser = parser;
    this.text = text;
    this.lines = lines;
  }

  /**
   * Reads a text.
   *
   * @return the root; a NULL scalar for an empty text
   * @throws ArtifactException where the text is not YAML
   */
  public static YamlNode read(String text) {
    return read(text, IntUnaryOperator.identity());
  }

  /** Reads a text that was made from another one; {@code lines} gives the line over there. */
  static YamlNode read(String text, IntUnaryOperator lines) {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      YamlReader reader = new YamlReader(parser, text, lines);
      JsonToken first = parser.nextToken();
      return first == null
          ? new YamlNode.Scalar("", YamlNode.Kind.NULL, 1, 1, 1, 1)
          : reader.node(first, 0);
    } catch (JsonProcessingException e) {
      throw problem(e, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArtifactException problem(JsonProcessingException e, IntUnaryOperator lines) {
    JsonLocation at = e.getLocation();
    String message = e.getOriginalMessage();
    int end = message.indexOf('\n');
    String what = end < 0 ? message : message.substring(0, end);
    // The scanner's message has the context first and the problem on a line of its own.
    for (String line : message.split("\n")) {
      if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("while ")) {
        what = line;
        break;
      }
    }
    if (at == null) {
      return new ArtifactException("yaml: " + what);
    }
    return problem(lines.applyAsInt(at.getLineNr()), at.getColumnNr(), what);
  }

  private static ArtifactException problem(int line, int column, String what) {
    return new ArtifactException("yaml: line " + line + ": " + what, line, column);
  }

  private YamlNode node(JsonToken token, int depth) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    int line = line(at);
    int column = at.getColumnNr();
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw problem(line, column, "nested too deeply");
    }
    if (parser.isCurrentAlias()) {
      return alias(parser.getText(), line, column);
    }
    String anchor = parser.getObjectId();
    int before = nodes;
    YamlNode node =
        switch (token) {
          case START_OBJECT -> mapping(line, column, depth);
          case START_ARRAY -> sequence(line, column, depth);
          default -> scalar(token, at);
        };
    if (anchor != null) {
      anchors.put(anchor, node);
      weights.put(anchor, nodes - before + 1);
    }
    return node;
  }

  private YamlNode alias(String name, int line, int column) {
    YamlNode node = anchors.get(name);
    if (node == null) {
      throw problem(line, column, "unknown anchor '" + name + "' referenced");
    }
    nodes += weights.get(name);
    return node;
  }

  private YamlNode mapping(int line, int column, int depth) throws IOException {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonLocation at = parser.currentTokenLocation();
      String key = parser.currentName();
      if (!keys.add(key)) {
        throw problem(line(at), at.getColumnNr(), "key \"" + key + "\" already set in map");
      }
      YamlNode value = node(parser.nextToken(), depth + 1);
      entries.add(new YamlNode.Entry(key, value, line(at), at.getColumnNr()));
    }
    return new YamlNode.Mapping(entries, line, column);
  }

  private YamlNode sequence(int line, int column, int depth) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(node(t, depth + 1));
    }
    return new YamlNode.Sequence(items, line, column);
  }

  private YamlNode scalar(JsonToken token, JsonLocation at) throws IOException {
    YamlNode.Kind kind =
        switch (token) {
          case VALUE_NULL -> YamlNode.Kind.NULL;
          case VALUE_TRUE, VALUE_FALSE -> YamlNode.Kind.BOOL;
          case VALUE_NUMBER_INT -> YamlNode.Kind.INT;
          case VALUE_NUMBER_FLOAT -> YamlNode.Kind.FLOAT;
          default -> YamlNode.Kind.STRING;
        };
    String value = kind == YamlNode.Kind.NULL ? "" : parser.getText();
    int textLine = line(at);
    int textColumn = at.getColumnNr();
    long offset = at.getCharOffset();
    char first = offset >= 0 && offset < text.length() ? text.charAt((int) offset) : ' ';
    if (first == '|' || first == '>') {
      textLine = lines.applyAsInt(at.getLineNr() + 1);
      textColumn = indentation((int) offset) + 1;
    } else if (first == '"' || first == '\'') {
      textColumn++;
    }
    return new YamlNode.Scalar(value, kind, line(at), at.getColumnNr(), textLine, textColumn);
  }

  private int indentation(int from) {
    int spaces = 0;
    boolean counting = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        counting = true;
        spaces = 0;
      } else if (counting && c == ' ') {
        spaces++;
      } else if (counting) {
        return spaces;
      }
    }
    return spaces;
  }

  private int line(JsonLocation at) {
    return lines.applyAsInt(at.getLineNr());
  }
}
