package org.minivql.analysis;

import org.minivql.syntax.tree.Span;
import org.minivql.value.Dict;

/** Says where in a text something stands, as lines and columns from 1. */
final class SourceText {
  private final String text;

  SourceText(String text) {
    this.text = text;
  }

  /** {@code line,column} with a separator of choice. */
  String place(int offset, String separator) {
    return line(offset) + separator + column(offset);
  }

  /** {@code line:column line:column}, the second where what follows begins. */
  String places(Span span) {
    return place(span.start(), ":") + " " + place(next(span.end()), ":");
  }

  /** The same as a dict: {@code {Pos, EndPos}}. */
  Dict range(Span span) {
    return Dict.of("Pos", position(span.start()), "EndPos", position(next(span.end())));
  }

  private Dict position(int offset) {
    return Dict.of(
        "Filename",
        "",
        "Offset",
        (long) offset,
        "Line",
        (long) line(offset),
        "Column",
        (long) column(offset));
  }

  private int next(int end) {
    int at = end;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int line(int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private int column(int offset) {
    return offset - text.lastIndexOf('\n', offset - 1);
  }
}
