package org.minivql.yara;

import java.util.HashSet;
import java.util.Set;

/** The tokens of some rules with two of them in sight, and the variables of the loops around. */
final class Tokens {
  private final Lexer lexer;
  private final Set<String> variables = new HashSet<>();
  private Token first;
  private Token second;

  Tokens(String source) throws YaraException {
    this.lexer = new Lexer(source);
    this.first = lexer.next();
  }

  Token peek() {
    return first;
  }

  /** The token behind the next one. */
  Token peekSecond() throws YaraException {
    if (second == null) {
      second = lexer.next();
    }
    return second;
  }

  Token next() throws YaraException {
    Token token = first;
    first = second == null ? lexer.next() : second;
    second = null;
    return token;
  }

  /** Whether the next token is this word or sign; it is taken then. */
  boolean take(String word) throws YaraException {
    boolean there = first.is(word);
    if (there) {
      next();
    }
    return there;
  }

  void expect(String word) throws YaraException {
    if (!take(word)) {
      throw error("unexpected " + first + ", expecting \"" + word + "\"");
    }
  }

  String name() throws YaraException {
    Token token = next();
    if (token.kind() != Token.Kind.WORD) {
      throw unexpected(token);
    }
    return token.text();
  }

  /** The content of the braces that are opened by the next token. */
  String braces() throws YaraException {
    String content = lexer.braces();
    first = lexer.next();
    return content;
  }

  Set<String> variables() {
    return variables;
  }

  boolean isVariable(String name) {
    return variables.contains(name);
  }

  YaraException error(String message) {
    return new YaraException(first.line(), message);
  }

  YaraException unexpected(Token token) {
    return new YaraException(token.line(), "unexpected " + token);
  }
}
