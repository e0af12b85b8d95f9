package org.minivql.yara;

import java.util.List;

/** Cuts rule text into tokens. A slash always begins a pattern or comment: it divides nothing. */
final class Lexer {
  private static final List<String> SIGNS =
      List.of("==", "!=", "<=", ">=", "<<", ">>", "..", "<", ">", "=", ":", ",", "(", ")", "{");
  private static final String SINGLE = "}[]|&^~+-*\\%.?/";

  private final String source;
  private int at;
  private int line = 1;

  Lexer(String source) {
    this.source = source;
  }

  /** The next token. */
  Token next() throws YaraException {
    blanks();
    if (at >= source.length()) {
      return new Token(Token.Kind.END, "", "", line);
    }
    char c = source.charAt(at);
    if (c == '"') {
      return text();
    }
    if (c == '/') {
      return pattern();
    }
    if (c == '$' || c == '#' || c == '@' || c == '!' && !source.startsWith("!=", at)) {
      return token(Token.Kind.STRING_NAME, end(at + 1, c == '$' ? '*' : '_'));
    }
    if (isDigit(c)) {
      return number();
    }
    if (isWord(c)) {
      return token(Token.Kind.WORD, end(at, '_'));
    }
    for (String sign : SIGNS) {
      if (source.startsWith(sign, at)) {
        return token(Token.Kind.SIGN, at + sign.length());
      }
    }
    if (SINGLE.indexOf(c) < 0) {
      throw new YaraException(line, "unexpected character '" + c + "'");
    }
    return token(Token.Kind.SIGN, at + 1);
  }

  /** What stands between braces, from behind the opening one: the bytes of a string. */
  String braces() throws YaraException {
    int close = source.indexOf('}', at);
    if (close < 0) {
      throw new YaraException(line, "unterminated hex string");
    }
    String content = source.substring(at, close);
    line += (int) content.chars().filter(c -> c == '\n').count();
    at = close + 1;
    return content.replaceAll("//[^\n]*", "").replaceAll("(?s)/\\*.*?\\*/", "");
  }

  private void blanks() throws YaraException {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (source.startsWith("//", at)) {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw new YaraException(line, "unterminated comment");
        }
        skip(end + 2);
      } else if (c <= ' ') {
        skip(at + 1);
      } else {
        return;
      }
    }
  }

  private void skip(int end) {
    for (; at < end; at++) {
      line += source.charAt(at) == '\n' ? 1 : 0;
    }
  }

  private Token token(Token.Kind kind, int end) {
    Token token = new Token(kind, source.substring(at, end), "", line);
    at = end;
    return token;
  }

  /** Where a name ends; it may hold one more character. */
  private int end(int from, char more) {
    int end = from;
    while (end < source.length()
        && (isWord(source.charAt(end))
            || isDigit(source.charAt(end))
            || source.charAt(end) == more)) {
      end++;
    }
    return end;
  }

  private Token number() {
    int end = at + 1;
    while (end < source.length()
        && (isWord(source.charAt(end))
            || isDigit(source.charAt(end))
            || source.charAt(end) == '.'
                && end + 1 < source.length()
                && isDigit(source.charAt(end + 1)))) {
      end++;
    }
    return token(Token.Kind.NUMBER, end);
  }

  private Token text() throws YaraException {
    int begin = line;
    StringBuilder out = new StringBuilder();
    int i = at + 1;
    while (i < source.length() && source.charAt(i) != '"') {
      char c = source.charAt(i++);
      if (c == '\n') {
        throw new YaraException(begin, "unterminated string");
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = i < source.length() ? source.charAt(i++) : 0;
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case '"', '\\' -> out.append(escaped);
        case 'x' -> {
          out.append((char) hex(i, begin));
          i += 2;
        }
        default -> throw new YaraException(begin, "illegal escape sequence");
      }
    }
    if (i >= source.length()) {
      throw new YaraException(begin, "unterminated string");
    }
    at = i + 1;
    return new Token(Token.Kind.TEXT, out.toString(), "", begin);
  }

  private int hex(int from, int begin) throws YaraException {
    try {
      return Integer.parseInt(source.substring(from, Math.min(from + 2, source.length())), 16);
    } catch (NumberFormatException e) {
      throw new YaraException(begin, "illegal escape sequence");
    }
  }

  private Token pattern() throws YaraException {
    int i = at + 1;
    while (i < source.length() && source.charAt(i) != '/') {
      if (source.charAt(i) == '\n') {
        break;
      }
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= source.length() || source.charAt(i) == '\n') {
      throw new YaraException(line, "unterminated regular expression");
    }
    String content = source.substring(at + 1, i);
    int end = i + 1;
    while (end < source.length() && "is".indexOf(source.charAt(end)) >= 0) {
      end++;
    }
    Token token = new Token(Token.Kind.PATTERN, content, source.substring(i + 1, end), line);
    at = end;
    return token;
  }

  private static boolean isWord(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
