package org.minivql.artifact;

import java.util.List;

/**
 * A piece of a YAML document that knows where it stands. Lines and columns count from 1.
 *
 * @since 0.1.0
 */
public sealed interface YamlNode {
  /** The line of the first character. */
  int line();

  /** The column of the first character. */
  int column();

  /** What a plain scalar reads as. */
  enum Kind {
    /** Text. */
    STRING,
    /** An integer. */
    INT,
    /** A number with a fraction or an exponent. */
    FLOAT,
    /** {@code true} or {@code false}. */
    BOOL,
    /** {@code ~}, {@code null} or nothing. */
    NULL
  }

  /**
   * A scalar.
   *
   * @param text the value as text; empty for NULL
   * @param kind what it reads as
   * @param line the line
   * @param column the column
   * @param textLine the line of the first character of the text: a literal block begins below its
   *     key
   * @param textColumn the column of that character
   */
  record Scalar(String text, Kind kind, int line, int column, int textLine, int textColumn)
      implements YamlNode {}

  /**
   * A list.
   *
   * @param items the items in order
   * @param line the line
   * @param column the column
   */
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    /** Takes a copy of the list. */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A mapping with text keys.
   *
   * @param entries the entries in order, no key twice
   * @param line the line
   * @param column the column
   */
  record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
    /** Takes a copy of the list. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of a key, or null. */
    public YamlNode get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /**
   * One key and its value.
   *
   * @param key the key
   * @param value the value
   * @param line the line of the key
   * @param column the column of the key
   */
  record Entry(String key, YamlNode value, int line, int column) {}
}
