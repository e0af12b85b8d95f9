package org.minivql.syntax.antlr;

import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/**
 * Stops at the first error of a statement. ANTLR's own recovery guesses inside of rules; here the
 * reader goes on at the next statement instead.
 */
final class FirstError implements ANTLRErrorStrategy {
  @Override
  public Token recoverInline(Parser parser) {
    throw new Rejected(parser.getCurrentToken(), null);
  }

  @Override
  public void recover(Parser parser, RecognitionException e) {
    throw new Rejected(parser.getCurrentToken(), null);
  }

  /** The rules look one token ahead themselves. */
  @Override
  public void sync(Parser parser) {
    assert parser != null;
  }

  @Override
  public void reset(Parser parser) {
    assert parser != null;
  }

  @Override
  public boolean inErrorRecoveryMode(Parser parser) {
    return false;
  }

  @Override
  public void reportMatch(Parser parser) {
    assert parser != null;
  }

  /** The error is reported by the reader, which knows the text. */
  @Override
  public void reportError(Parser parser, RecognitionException e) {
    assert e != null;
  }
}
