package org.minivql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.tree.Column;

/** Names as people write them, with and without backticks. */
public final class Names {
  private Names() {}

  /**
   * The name that a piece of text means: one that begins with a backtick loses its first and last
   * character, and escapes in it are decoded. From an escape that is none on, what is left is the
   * name.
   */
  public static String unquote(String text) {
    if (text.length() < 2 || text.charAt(0) != '`') {
      return text;
    }
    return NameEscapes.decode(text.substring(1, text.length() - 1));
  }

  /** The parts of a dotted name; dots inside of backticks separate nothing. */
  public static List<String> split(String dotted) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < dotted.length(); i++) {
      char c = dotted.charAt(i);
      if (c == '`') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** A component of a symbol or plugin name, without backticks; escapes stay as they are. */
  public static String component(String token) {
    return token.startsWith("`") ? token.substring(1, token.length() - 1) : token;
  }

  /** The name of a column: its alias, or else its canonical text, unquoted; null for a star. */
  public static String columnName(Column column) {
    if (column.alias() != null) {
      return unquote(column.alias());
    }
    return column.star() ? null : unquote(Printer.columnText(column));
  }
}
