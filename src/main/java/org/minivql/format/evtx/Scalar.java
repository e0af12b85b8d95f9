package org.minivql.format.evtx;

import java.util.List;

/**
 * A value and how it was stored, which decides how it looks in XML.
 *
 * @param type the type byte of the format
 * @param value the value in VQL
 * @param bits the stored bits of a type of eight bytes, which a float cannot hold
 */
record Scalar(int type, Object value, long bits) {
  /** The text in XML. */
  String text() {
    return Scalars.xmlText(this);
  }

  /** What some parts amount to: one keeps its type, several are one text, none is NULL. */
  static Object join(List<Object> parts) {
    if (parts.isEmpty()) {
      return null;
    }
    if (parts.size() == 1) {
      return parts.get(0) instanceof Scalar scalar ? scalar.value() : parts.get(0);
    }
    return text(parts);
  }

  /** The parts as one text. */
  static String text(List<Object> parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part instanceof Scalar scalar ? scalar.text() : part.toString());
    }
    return text.toString();
  }
}
