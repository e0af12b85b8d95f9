package org.minivql.syntax.antlr;

import java.util.List;

/**
 * A place where a text stops being VQL.
 *
 * @param kind what is wrong
 * @param start the offset of the piece that does not fit, in UTF-16 units
 * @param end the offset after it; equal to {@code start} at the end of the text
 * @param message what is wrong in words, for {@link Kind#VALUE}; else null
 * @param expected what could have stood there, in words; empty where that says nothing
 */
public record Fault(Kind kind, int start, int end, String message, List<String> expected) {
  /** What can be wrong. */
  public enum Kind {
    /** A token that fits nowhere. */
    TOKEN,
    /** Characters that begin no token. */
    CHARACTERS,
    /** A literal that is not closed. */
    UNTERMINATED,
    /** Too many brackets or {@code NOT}s inside of each other. */
    DEPTH,
    /** More tokens than a program may have. */
    SIZE,
    /** A literal of the right kind with a value that is not allowed. */
    VALUE,
    /** More faults than are worth listing. */
    MORE
  }

  /** Takes a copy of the list. */
  public Fault {
    expected = List.copyOf(expected);
  }
}
