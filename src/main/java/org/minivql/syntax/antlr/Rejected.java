package org.minivql.syntax.antlr;

import org.antlr.v4.runtime.Token;

/** Leaves the rules at the first token that fits none of them. */
final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Token token;

  Rejected(Token token, String message) {
    super(message, null, false, false);
    this.token = token;
  }

  Token token() {
    return token;
  }
}
