package org.minivql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.antlr.Fault;
import org.minivql.syntax.antlr.ProgramReader;
import org.minivql.syntax.tree.Span;
import org.minivql.syntax.tree.Statement;

/** Lays programs out for people. */
public final class Formatter {
  private Formatter() {}

  /**
   * Formats a program: same statements, all comments, lines of 80 columns where that is possible.
   * Formatting the result again does not change it.
   *
   * @param source the text
   * @return the formatted text; after each statement follows an empty line
   * @throws SyntaxException if the text is no program
   */
  public static String format(String source) {
    List<Span> comments = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    List<Statement> statements = ProgramReader.program(source, comments::add, faults::add);
    Parser.check(source, faults);
    return Layout.of(statements, new Comments(source, comments));
  }
}
