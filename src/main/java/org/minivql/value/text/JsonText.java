package org.minivql.value.text;

import java.time.ZoneId;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Displayed;
import org.minivql.value.Materialized;
import org.minivql.value.Members;
import org.minivql.value.NamedNumber;
import org.minivql.value.Nesting;
import org.minivql.value.Operand;
import org.minivql.value.OwnStack;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/**
 * Writes values as JSON. {@code <}, {@code >}, {@code &} and the Unicode line separators are
 * escaped, bytes that are not UTF-8 become U+FFFD, and what JSON cannot show or is nested deeper
 * than {@link Nesting#DEEPEST} is {@code null}.
 *
 * @since 0.1.0
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final Scope scope;
  private final StringBuilder out;
  private final int indent;
  private final ZoneId zone;
  private int depth;

  /**
   * A writer of values.
   *
   * @param scope runs the queries among the values; null where there are none: they then appear as
   *     their text
   * @param out receives the text
   * @param indent blanks for each level; -1 for everything on one line
   * @param zone shows times in this zone; null for the zone of each time, and UTC for one that only
   *     has an offset
   */
  public JsonText(Scope scope, StringBuilder out, int indent, ZoneId zone) {
    this.scope = scope;
    this.out = out;
    this.indent = indent;
    this.zone = zone;
  }

  static void write(Scope scope, StringBuilder out, Object value) {
    new JsonText(scope, out, -1, null).write(value);
  }

  /** Writes one value. */
  public void write(Object raw) {
    Object value = Values.reduce(raw);
    if (value == null || value == Values.NIL) {
      out.append("null");
    } else if (value instanceof String text) {
      quote(out, text);
    } else if (value instanceof Double number) {
      out.append(Text.json(number));
    } else if (value instanceof Long || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof NamedNumber named) {
      out.append(named.number());
    } else if (value instanceof Timestamp time) {
      time(time);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Unsigned) {
      out.append(value);
    } else {
      object(value);
    }
  }

  private void object(Object value) {
    if (value instanceof Displayed displayed) {
      write(displayed.display());
    } else if (value instanceof Materialized rows) {
      list(rows.rows());
    } else if (value instanceof StoredQuery query && scope != null) {
      list(Values.rows(scope, query));
    } else if (value instanceof StoredQuery query) {
      quote(out, query.text());
    } else if (value instanceof Scope) {
      out.append("{}");
    } else if (value instanceof Members members) {
      members(members);
    } else if (value instanceof Operand operand) {
      quote(out, operand.text());
    } else {
      quote(out, value.toString());
    }
  }

  private void time(Timestamp time) {
    Timestamp shown = zone == null ? time.shown() : new Timestamp(time.instant(), zone);
    int year = shown.dateTime().getYear();
    if (year < 0 || year > 9999) {
      out.append("null");
    } else {
      quote(out, shown.rfc3339());
    }
  }

  private void list(List<?> list) {
    if (Nesting.exceeded(scope, depth)) {
      out.append("null");
    } else if (depth == Nesting.ROOM) {
      OwnStack.run(() -> elements(list));
    } else {
      elements(list);
    }
  }

  private void elements(List<?> list) {
    out.append('[');
    depth++;
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      newLine();
      write(list.get(i));
    }
    depth--;
    if (!list.isEmpty()) {
      newLine();
    }
    out.append(']');
  }

  private void members(Members members) {
    if (Nesting.exceeded(scope, depth)) {
      out.append("null");
    } else if (depth == Nesting.ROOM) {
      OwnStack.run(() -> named(members));
    } else {
      named(members);
    }
  }

  private void named(Members members) {
    out.append('{');
    depth++;
    boolean empty = true;
    for (String name : members.memberNames()) {
      Object value = members.member(name);
      if (value == Absent.ABSENT) {
        continue;
      }
      if (!empty) {
        out.append(',');
      }
      empty = false;
      newLine();
      quote(out, name);
      out.append(indent < 0 ? ":" : ": ");
      write(value);
    }
    depth--;
    if (!empty) {
      newLine();
    }
    out.append('}');
  }

  private void newLine() {
    if (indent >= 0) {
      out.append('\n').append(" ".repeat(indent * depth));
    }
  }

  /** Appends a string with its quotes. */
  public static void quote(StringBuilder out, String raw) {
    String text = Bytes.printable(raw);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean escape =
              c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
          if (escape) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(HEX[(c >> shift) & 15]);
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
