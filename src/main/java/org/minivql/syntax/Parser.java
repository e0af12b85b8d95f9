package org.minivql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.antlr.Fault;
import org.minivql.syntax.antlr.ProgramReader;
import org.minivql.syntax.tree.Lambda;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Statement;

/** Reads VQL. */
public final class Parser {
  private Parser() {}

  /**
   * Parses a program.
   *
   * @param source the text; it may hold bytes that are not UTF-8 as lone surrogates
   * @return the program
   * @throws SyntaxException with all errors, one for each statement that has any
   */
  public static Program parse(String source) {
    List<Fault> faults = new ArrayList<>();
    List<Statement> statements = ProgramReader.program(source, null, faults::add);
    check(source, faults);
    return new Program(source, statements);
  }

  /**
   * Parses the text of a lambda. The operator {@code IN} keeps its spelling in the tree.
   *
   * @param source the text
   * @return the lambda
   * @throws SyntaxException with the error
   */
  public static Lambda parseLambda(String source) {
    List<Fault> faults = new ArrayList<>();
    Lambda lambda = ProgramReader.lambda(source, faults::add);
    check(source, faults);
    return lambda;
  }

  static void check(String source, List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new SyntaxException(SyntaxErrors.of(source, faults));
    }
  }
}
