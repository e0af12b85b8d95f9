package org.minivql.syntax.antlr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.minivql.syntax.tree.Lambda;
import org.minivql.syntax.tree.Span;
import org.minivql.syntax.tree.Statement;

/** Reads a text into trees and lists every statement that does not fit. */
public final class ProgramReader {
  /**
   * How deeply brackets and {@code NOT} may be nested. Parsing, compiling and running recurse; this
   * bound keeps them inside the stack of an ordinary thread.
   */
  public static final int MAX_DEPTH = 200;

  /**
   * How many tokens a program may have. A tree takes some fifty bytes for each; this bound keeps
   * the largest one inside a small heap.
   */
  public static final int MAX_TOKENS = 2_500_000;

  /** After so many faults the rest of the text is not looked at. */
  static final int MAX_FAULTS = 100;

  private final VqlLexer lexer;
  private final Lookahead tokens;
  private final VqlParser parser;
  private final IntervalSet beginnings = new IntervalSet();
  private final List<Fault> faults = new ArrayList<>();

  private ProgramReader(String source, Consumer<Span> comments) {
    lexer = new VqlLexer(new SourceChars(source));
    lexer.removeErrorListeners();
    if (comments != null) {
      lexer.sendComments(
          token -> comments.accept(Span.of(token.getStartIndex(), token.getStopIndex() + 1)));
    }
    tokens = new Lookahead(lexer);
    parser = new VqlParser(tokens);
    parser.quieten();
  }

  /**
   * Reads a program.
   *
   * @param source the text
   * @param comments receives the place of each comment, in order; null if nobody wants them
   * @param faults receives what is wrong, in order; if it gets anything the result is not complete
   * @return the statements
   */
  public static List<Statement> program(
      String source, Consumer<Span> comments, Consumer<Fault> faults) {
    ProgramReader reader = new ProgramReader(source, comments);
    reader.beginnings.add(VqlLexer.LET);
    reader.beginnings.add(VqlLexer.SELECT);
    reader.beginnings.add(VqlLexer.EXPLAIN);
    List<Statement> statements = reader.statements();
    reader.faults.forEach(faults);
    return statements;
  }

  /**
   * Reads a lambda.
   *
   * @param source the text
   * @param faults receives what is wrong; if it gets anything the result is null
   * @return the lambda
   */
  public static Lambda lambda(String source, Consumer<Fault> faults) {
    ProgramReader reader = new ProgramReader(source, null);
    reader.parser.keepMembershipAsWritten();
    reader.beginnings.add(VqlLexer.IDENT);
    try {
      return reader.parser.lambda().tree;
    } catch (Rejected e) {
      faults.accept(reader.fault(e.token(), e.getMessage()));
      return null;
    }
  }

  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    do {
      Token first = tokens.LT(1);
      boolean begins = beginsStatement(first.getType());
      if (begins) {
        parser.beginStatement();
        lexer.beginStatement();
      }
      try {
        if (!begins) {
          throw new Rejected(first, null);
        }
        statements.add(parser.statement().tree);
      } catch (Rejected e) {
        report(e);
        skip(first);
      }
    } while (tokens.LA(1) != Token.EOF && faults.size() <= MAX_FAULTS);
    return statements;
  }

  private void report(Rejected rejected) {
    Token token = rejected.token();
    if (faults.size() < MAX_FAULTS) {
      faults.add(fault(token, rejected.getMessage()));
    } else {
      faults.add(new Fault(Fault.Kind.MORE, token.getStartIndex(), end(token), null, List.of()));
    }
  }

  /** Goes on to the next token that can begin a statement, but not to the one that just failed. */
  private void skip(Token first) {
    if (tokens.LT(1) == first && first.getType() != Token.EOF) {
      tokens.consume();
    }
    int type = tokens.LA(1);
    while (type != Token.EOF && !resumes(type)) {
      tokens.consume();
      type = tokens.LA(1);
    }
  }

  /** LET stands nowhere inside of brackets, so there it shows that one was not closed. */
  private boolean resumes(int type) {
    return type == VqlLexer.LET || beginsStatement(type) && lexer.brackets() == 0;
  }

  private static boolean beginsStatement(int type) {
    return type == VqlLexer.LET || type == VqlLexer.SELECT || type == VqlLexer.EXPLAIN;
  }

  private Fault fault(Token token, String message) {
    int start = token.getStartIndex();
    int end = end(token);
    if (message != null) {
      return new Fault(Fault.Kind.VALUE, start, end, message, List.of());
    }
    if (token.getType() == VqlLexer.TOO_DEEP) {
      return new Fault(Fault.Kind.DEPTH, start, end, null, List.of());
    }
    if (token.getType() == VqlLexer.TOO_MANY) {
      return new Fault(Fault.Kind.SIZE, start, end, null, List.of());
    }
    if (token.getType() == VqlLexer.INVALID) {
      Fault.Kind kind = lexer.unreadable() ? Fault.Kind.UNTERMINATED : Fault.Kind.CHARACTERS;
      return new Fault(kind, start, end, null, List.of());
    }
    return new Fault(Fault.Kind.TOKEN, start, end, null, expected());
  }

  private static int end(Token token) {
    return token.getType() == Token.EOF ? token.getStartIndex() : token.getStopIndex() + 1;
  }

  private List<String> expected() {
    IntervalSet follow = parser.follow();
    if (follow == null) {
      return Expected.words(beginnings);
    }
    IntervalSet types = new IntervalSet(follow);
    if (follow.contains(Token.EOF) && beginnings.contains(VqlLexer.LET)) {
      types.addAll(beginnings);
    }
    return Expected.words(types);
  }
}
