package org.minivql.builtin.template;

import java.util.ArrayList;
import java.util.List;

/** Cuts a template into text and the tokens of its actions. */
final class TemplateLexer {
  /** What a token is. */
  enum Kind {
    /** Text outside actions. */
    TEXT,
    /** The start of an action. */
    OPEN,
    /** The end of an action. */
    CLOSE,
    /** A blank between operands. */
    SPACE,
    /** A name. */
    NAME,
    /** A dot with a name. */
    FIELD,
    /** A dot alone. */
    DOT,
    /** A dollar sign with or without a name. */
    VARIABLE,
    /** A string or character; the text is the value. */
    STRING,
    /** A character; the text is the value. */
    CHARACTER,
    /** A number. */
    NUMBER,
    /** A mark such as a bar or a parenthesis. */
    MARK,
    /** The end of the template. */
    END
  }

  /** A token and the line it is on. */
  record Token(Kind kind, String text, int line) {}

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  TemplateLexer(String source) {
    this.source = source;
  }

  List<Token> tokens() {
    boolean trim = false;
    while (at < source.length()) {
      int open = source.indexOf("{{", at);
      String text = source.substring(at, open < 0 ? source.length() : open);
      boolean trimEnd = open >= 0 && trims(open + 2);
      text(text, trim, trimEnd);
      if (open < 0) {
        break;
      }
      at = open + (trimEnd ? 3 : 2);
      trim = action();
    }
    add(Kind.END, "");
    return tokens;
  }

  private boolean trims(int from) {
    return from + 1 < source.length()
        && source.charAt(from) == '-'
        && Character.isWhitespace(source.charAt(from + 1));
  }

  private void text(String text, boolean trimStart, boolean trimEnd) {
    String shown = trimStart ? text.stripLeading() : text;
    shown = trimEnd ? shown.stripTrailing() : shown;
    if (!shown.isEmpty()) {
      add(Kind.TEXT, shown);
    }
    line += (int) text.chars().filter(c -> c == '\n').count();
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  /** Whether the action trims the text after it. */
  private boolean action() {
    int comment = at;
    while (comment < source.length() && Character.isWhitespace(source.charAt(comment))) {
      comment++;
    }
    if (source.startsWith("/*", comment)) {
      int end = source.indexOf("*/", comment);
      if (end < 0) {
        throw fail("unclosed comment");
      }
      at = end + 2;
    } else {
      add(Kind.OPEN, "");
      inside();
      add(Kind.CLOSE, "");
    }
    return close();
  }

  private boolean close() {
    int end = at;
    while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
      end++;
    }
    boolean trim = end > at && source.startsWith("-}}", end);
    if (!trim && !source.startsWith("}}", end)) {
      throw fail("unclosed action");
    }
    at = end + (trim ? 3 : 2);
    return trim;
  }

  private boolean closes() {
    int end = at;
    while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
      end++;
    }
    return source.startsWith("}}", end) || end > at && source.startsWith("-}}", end);
  }

  private void inside() {
    while (!closes()) {
      if (at >= source.length()) {
        throw fail("unclosed action");
      }
      char c = source.charAt(at);
      if (Character.isWhitespace(c)) {
        space();
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (c == '`') {
        raw();
      } else if (c == '.' && !digit(at + 1)) {
        String name = name(at + 1);
        at += 1 + name.length();
        add(name.isEmpty() ? Kind.DOT : Kind.FIELD, name);
      } else if (c == '$') {
        String name = name(at + 1);
        at += 1 + name.length();
        add(Kind.VARIABLE, name);
      } else if (digit(at) || c == '.' || (c == '-' || c == '+') && digit(at + 1)) {
        number();
      } else if (!name(at).isEmpty()) {
        String name = name(at);
        at += name.length();
        add(Kind.NAME, name);
      } else {
        mark(c);
      }
    }
  }

  private void mark(char c) {
    if (source.startsWith(":=", at)) {
      add(Kind.MARK, ":=");
      at += 2;
    } else if ("()|,=".indexOf(c) >= 0) {
      add(Kind.MARK, String.valueOf(c));
      at++;
    } else {
      throw fail("unexpected \"" + c + "\" in action");
    }
  }

  private void space() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      line += source.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
    add(Kind.SPACE, " ");
  }

  private boolean digit(int index) {
    return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
  }

  private String name(int from) {
    int end = from;
    while (end < source.length()
        && (source.charAt(end) == '_' || Character.isLetterOrDigit(source.charAt(end)))) {
      end++;
    }
    return source.substring(from, end);
  }

  private void number() {
    int end = at + 1;
    while (end < source.length() && isNumberPart(end)) {
      end++;
    }
    add(Kind.NUMBER, source.substring(at, end));
    at = end;
  }

  private boolean isNumberPart(int index) {
    char c = source.charAt(index);
    boolean exponent = "eE".indexOf(source.charAt(index - 1)) >= 0 && (c == '-' || c == '+');
    return exponent || c == '.' || c == '_' || Character.isLetterOrDigit(c);
  }

  private void raw() {
    int end = source.indexOf('`', at + 1);
    if (end < 0) {
      throw fail("unterminated raw quoted string");
    }
    add(Kind.STRING, source.substring(at + 1, end));
    at = end + 1;
  }

  private void quoted(char quote) {
    StringBuilder text = new StringBuilder();
    int start = at++;
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      if (c == '\n') {
        break;
      }
      if (c == '\\' && at < source.length()) {
        escape(text);
      } else {
        text.append(c);
      }
    }
    if (at >= source.length() || source.charAt(at) != quote || at == start + 1 && quote == '\'') {
      throw fail(quote == '"' ? "unterminated quoted string" : "bad character constant");
    }
    at++;
    add(quote == '"' ? Kind.STRING : Kind.CHARACTER, text.toString());
  }

  private void escape(StringBuilder text) {
    char c = source.charAt(at++);
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) {
      String hex = source.substring(at, Math.min(source.length(), at + digits));
      if (!hex.matches("[0-9a-fA-F]{" + digits + "}")) {
        throw fail("bad escape in string");
      }
      text.appendCodePoint(Integer.parseInt(hex, 16));
      at += digits;
      return;
    }
    int known = "abfnrtv".indexOf(c);
    text.append(known < 0 ? c : "\u0007\b\f\n\r\t\u000b".charAt(known));
  }

  private TemplateException fail(String message) {
    return new TemplateException("line " + line + ": " + message);
  }
}
