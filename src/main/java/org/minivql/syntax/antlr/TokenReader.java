package org.minivql.syntax.antlr;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;

/** Cuts a text into tokens without parsing it. */
public final class TokenReader {
  private TokenReader() {}

  /** Receives tokens. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Takes the next token.
     *
     * @param rule the name of its rule in the lexer grammar
     * @param start its offset in UTF-16 units
     * @param end the offset after it
     */
    void token(String rule, int start, int end);
  }

  /** Sends all tokens of a text in order, comments among them. */
  public static void read(String source, Receiver receiver) {
    VqlLexer lexer = new VqlLexer(new SourceChars(source));
    lexer.removeErrorListeners();
    lexer.sendComments(token -> send(token, receiver));
    Token token = lexer.nextToken();
    while (token.getType() != Token.EOF) {
      send(token, receiver);
      token = lexer.nextToken();
    }
  }

  private static void send(Token token, Receiver receiver) {
    Vocabulary names = VqlLexer.VOCABULARY;
    receiver.token(
        names.getSymbolicName(token.getType()), token.getStartIndex(), token.getStopIndex() + 1);
  }
}
