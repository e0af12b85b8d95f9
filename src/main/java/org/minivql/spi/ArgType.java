package org.minivql.spi;

/**
 * What an argument accepts and what the method receives.
 *
 * @since 0.1.0
 */
public enum ArgType {
  /** Anything, lazy values reduced. */
  ANY("any"),
  /** A 64 bit integer; floats are truncated. */
  INT("int"),
  /** A double. */
  FLOAT("float"),
  /** The truth of anything. */
  BOOL("bool"),
  /** Text of anything. */
  STRING("string"),
  /** A list of texts; a single value is a list of one. */
  STRING_LIST("list of string"),
  /** A list; a single value is a list of one. */
  LIST("list"),
  /** A list of dicts. */
  DICT_LIST("list of dict"),
  /** A dict. */
  DICT("dict"),
  /** A query, or something turned into one. */
  QUERY("query"),
  /** The unevaluated expression. */
  LAZY("lazy"),
  /** A lambda as text. */
  LAMBDA("lambda"),
  /** A time. */
  TIME("time");

  private final String text;

  ArgType(String text) {
    this.text = text;
  }

  /** The name shown to people. */
  public String text() {
    return text;
  }
}
