package org.minivql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.antlr.TokenReader;

/**
 * A piece of a text: what an editor colours.
 *
 * @param kind what it is
 * @param start its offset in UTF-16 units
 * @param end the offset after it
 */
public record Token(Kind kind, int start, int end) {
  /** The kinds of tokens. */
  public enum Kind {
    /** A word of the language; {@code GROUP BY} and {@code ORDER BY} are one token. */
    KEYWORD,
    /** {@code TRUE} or {@code FALSE}. */
    BOOL,
    /** A name, possibly in backticks. */
    NAME,
    /** A name with a minus that touches it. */
    NEGATED_NAME,
    /** A number with its sign. */
    NUMBER,
    /** A string with escapes. */
    STRING,
    /** A string in three quotes. */
    RAW_STRING,
    /** A run of bars: another way to write OR. */
    BARS,
    /** Two ampersands: another way to write AND. */
    AMPERSANDS,
    /** An operator, bracket or separator. */
    OPERATOR,
    /** A comment between slash-stars. */
    BLOCK_COMMENT,
    /** A comment from two dashes to the end of the line. */
    DASH_COMMENT,
    /** A comment from two slashes to the end of the line. */
    SLASH_COMMENT,
    /** What begins no token; a literal that is not closed reaches to the end of the text. */
    INVALID;

    /** Whether it is a comment of any kind. */
    public boolean isComment() {
      return this == BLOCK_COMMENT || this == DASH_COMMENT || this == SLASH_COMMENT;
    }
  }

  /** The tokens of a text in order, comments among them, white space left out. Never fails. */
  public static List<Token> of(String source) {
    List<Token> tokens = new ArrayList<>();
    TokenReader.read(
        source, (rule, start, end) -> tokens.add(new Token(kind(rule, source, start), start, end)));
    return tokens;
  }

  /** The source text of the token. */
  public String text(String source) {
    return source.substring(start, end);
  }

  private static Kind kind(String rule, String source, int start) {
    return switch (rule) {
      case "BLOCK_COMMENT" -> Kind.BLOCK_COMMENT;
      case "DASH_COMMENT" -> Kind.DASH_COMMENT;
      case "SLASH_COMMENT" -> Kind.SLASH_COMMENT;
      case "BOOL" -> Kind.BOOL;
      case "IDENT" -> Kind.NAME;
      case "NEGATED_IDENT" -> Kind.NEGATED_NAME;
      case "NUMBER" -> Kind.NUMBER;
      case "STRING" -> Kind.STRING;
      case "RAW_STRING" -> Kind.RAW_STRING;
      case "BARS" -> Kind.BARS;
      case "AMPS" -> Kind.AMPERSANDS;
      case "INVALID" -> Kind.INVALID;
      default -> Character.isLetter(source.charAt(start)) ? Kind.KEYWORD : Kind.OPERATOR;
    };
  }
}
