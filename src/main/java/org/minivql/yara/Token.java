package org.minivql.yara;

/**
 * A piece of rule text.
 *
 * @param kind what it is
 * @param text a word or sign as written; the value of a string; the content of a pattern
 * @param flags what follows a pattern
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, String flags, int line) {
  enum Kind {
    /** A keyword or name. */
    WORD,
    /** {@code $name}, {@code #name}, {@code @name} or {@code !name}, with its sign. */
    STRING_NAME,
    NUMBER,
    TEXT,
    /** A regular expression without its slashes. */
    PATTERN,
    SIGN,
    END
  }

  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
  }

  @Override
  public String toString() {
    return kind == Kind.END ? "end of text" : "\"" + text + "\"";
  }
}
