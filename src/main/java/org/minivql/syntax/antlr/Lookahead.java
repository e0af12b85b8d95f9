package org.minivql.syntax.antlr;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.UnbufferedTokenStream;

/** The tokens of a text, of which the parser looks at the next one again and again. */
final class Lookahead extends UnbufferedTokenStream<Token> {
  private static final int BUFFER = 4;

  Lookahead(BaseLexer lexer) {
    super(lexer, BUFFER);
  }

  @Override
  public Token LT(int offset) {
    return offset == 1 ? tokens[p] : super.LT(offset);
  }

  @Override
  public int LA(int offset) {
    return offset == 1 ? tokens[p].getType() : super.LA(offset);
  }
}
