package org.minivql.format.evtx;

import java.util.HashSet;
import java.util.Set;

/** Writes an element as XML text, well-formed whatever its names and values are. */
final class XmlText {
  private final StringBuilder out = new StringBuilder();

  private XmlText() {}

  static String of(Element root) {
    XmlText text = new XmlText();
    text.element(root);
    return text.out.toString();
  }

  private void element(Element element) {
    String name = name(element.name());
    out.append('<').append(name);
    Set<String> seen = new HashSet<>();
    for (Element.Attribute attribute : element.attributes()) {
      String key = name(attribute.name());
      if (seen.add(key)) {
        out.append(' ').append(key).append("=\"");
        escaped(Scalar.text(attribute.parts()));
        out.append('"');
      }
    }
    if (element.content().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object item : element.content()) {
      if (item instanceof Element child) {
        element(child);
      } else {
        escaped(item instanceof Scalar scalar ? scalar.text() : item.toString());
      }
    }
    out.append("</").append(name).append('>');
  }

  /** Characters that XML does not allow in names become an underscore. */
  private static String name(String name) {
    if (name.isEmpty()) {
      return "_";
    }
    StringBuilder fixed = null;
    int colon = -1;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean prefix = c == ':' && i > 0 && colon < 0 && startsName(name, i + 1);
      colon = prefix ? i : colon;
      if (!prefix && !letter(c) && (i == 0 || !later(c))) {
        fixed = fixed == null ? new StringBuilder(name) : fixed;
        fixed.setCharAt(i, '_');
      }
    }
    return fixed == null ? name : fixed.toString();
  }

  private static boolean startsName(String name, int at) {
    return at < name.length() && letter(name.charAt(at));
  }

  private static boolean letter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean later(char c) {
    return c >= '0' && c <= '9' || c == '-' || c == '.';
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#13;");
        case '\n' -> out.append("&#10;");
        case '\t' -> out.append("&#9;");
        default -> {
          if (c < 0x20 || c >= 0xfffe || loneSurrogate(text, i)) {
            out.append('\uFFFD');
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static boolean loneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
