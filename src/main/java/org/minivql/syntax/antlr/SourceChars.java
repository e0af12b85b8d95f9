package org.minivql.syntax.antlr;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A source text as the lexer sees it: indexed in UTF-16 units, everything above ASCII as one and
 * the same character.
 *
 * <p>No token rule tells two characters above ASCII apart. ANTLR keeps its fast tables for ASCII
 * only; this way every character has an entry there.
 */
final class SourceChars implements CharStream {
  private static final int ABOVE_ASCII = 0x7f;

  private final String source;
  private final int length;
  private int position;

  SourceChars(String source) {
    this.source = source;
    this.length = source.length();
  }

  String text() {
    return source;
  }

  @Override
  public int LA(int offset) {
    int at = position + offset - 1;
    if (at >= length || at < 0) {
      return IntStream.EOF;
    }
    char c = source.charAt(at);
    return c < ABOVE_ASCII ? c : ABOVE_ASCII;
  }

  /** Goes on to the next character that is no blank. */
  void skipBlanks() {
    while (position < length && isBlank(source.charAt(position))) {
      position++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }

  @Override
  public void consume() {
    position++;
  }

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = index;
  }

  /** Nothing to hold: the whole text stays in memory. */
  @Override
  public int mark() {
    return 0;
  }

  /** Nothing was held. */
  @Override
  public void release(int marker) {
    assert marker == 0;
  }

  @Override
  public int size() {
    return length;
  }

  @Override
  public String getText(Interval interval) {
    return source.substring(Math.min(interval.a, length), Math.min(interval.b + 1, length));
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }
}
