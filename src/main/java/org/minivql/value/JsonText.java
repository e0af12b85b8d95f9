package org.minivql.value;

import java.util.List;

/**
 * The compact JSON of a value as it appears in the text of dicts: {@code <}, {@code >} and {@code
 * &} are escaped.
 */
final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  static void write(Scope scope, StringBuilder out, Object raw) {
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
      quote(out, time.rfc3339());
    } else if (value instanceof List<?> list) {
      list(scope, out, list);
    } else if (Values.isQuery(value)) {
      list(scope, out, Values.rows(scope, value));
    } else if (value instanceof Members members) {
      members(scope, out, members);
    } else {
      quote(out, value.toString());
    }
  }

  private static void list(Scope scope, StringBuilder out, List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(scope, out, list.get(i));
    }
    out.append(']');
  }

  private static void members(Scope scope, StringBuilder out, Members members) {
    out.append('{');
    boolean first = true;
    for (String name : members.memberNames()) {
      Object value = members.member(name);
      if (value == Absent.ABSENT) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      quote(out, name);
      out.append(':');
      write(scope, out, value);
    }
    out.append('}');
  }

  static void quote(StringBuilder out, String raw) {
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
