package org.minivql.format;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.text.Text;

/** The lines that a value takes in a table cell, free of control characters. */
final class TableCells {
  private static final int INLINE = 40;
  private static final int BRACKETS = 2;
  private static final int MOST_LINES = 40;
  private static final int DEEPEST = 100;
  private static final String STEP = "  ";

  private TableCells() {}

  static List<String> lines(Object value) {
    List<String> lines = new ArrayList<>(1);
    add(lines, "", value);
    if (lines.size() > MOST_LINES) {
      int left = lines.size() - MOST_LINES + 1;
      lines.subList(MOST_LINES - 1, lines.size()).clear();
      lines.add("… " + left + " more lines");
    }
    return lines;
  }

  private static void add(List<String> lines, String indent, Object value) {
    String inline = inline(value, INLINE);
    if (inline != null) {
      lines.add(indent + inline);
    } else if (indent.length() > DEEPEST * STEP.length()) {
      lines.add(indent + "…");
    } else if (value instanceof Dict dict) {
      dict.forEach((name, cell) -> member(lines, indent, clean(name) + ":", cell));
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        member(lines, indent, "-", item);
      }
    } else {
      for (String line : text(value).split("\r?\n", -1)) {
        lines.add(indent + clean(line));
      }
    }
  }

  private static void member(List<String> lines, String indent, String label, Object value) {
    String inline = inline(value, INLINE);
    if (inline != null) {
      lines.add(indent + label + " " + inline);
    } else if (isNested(value) || text(value).indexOf('\n') >= 0) {
      lines.add(indent + label);
      add(lines, indent + STEP, value);
    } else {
      lines.add(indent + label + " " + clean(text(value)));
    }
  }

  /** The value on one line, or null where that would be too long or hard to read. */
  private static String inline(Object value, int room) {
    if (!isNested(value)) {
      String text = text(value);
      return text.length() <= room && text.indexOf('\n') < 0 ? clean(text) : null;
    }
    if (room < BRACKETS) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    if (value instanceof Dict dict) {
      for (int i = 0; i < dict.size(); i++) {
        String cell = inline(dict.cell(i), room - BRACKETS - out.length());
        if (cell == null) {
          return null;
        }
        out.append(i == 0 ? "" : ", ").append(clean(dict.name(i))).append(": ").append(cell);
      }
      out.insert(0, '{').append('}');
    } else {
      for (Object item : (List<?>) value) {
        String cell = inline(item, room - BRACKETS - out.length());
        if (cell == null) {
          return null;
        }
        out.append(out.isEmpty() ? "" : ", ").append(cell);
      }
      out.insert(0, '[').append(']');
    }
    return out.length() <= room ? out.toString() : null;
  }

  private static boolean isNested(Object value) {
    return value instanceof Dict || value instanceof List<?>;
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Double number) {
      return Text.ofDouble(number);
    }
    return value.toString();
  }

  /** Shows control characters instead of sending them: a value must not drive the terminal. */
  static String clean(String raw) {
    String text = Bytes.printable(raw);
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && (c < 0x7f || c > 0x9f) && !isDirection(c);
      if (!plain && out == null) {
        out = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (out != null) {
        out.append(plain ? String.valueOf(c) : escape(c));
      }
    }
    return out == null ? text : out.toString();
  }

  private static boolean isDirection(char c) {
    return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c <= 0xff ? String.format("\\x%02x", (int) c) : String.format("\\u%04x", (int) c);
    };
  }
}
