package org.minivql.analysis;

import java.util.List;
import org.minivql.spi.Parameter;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Expr;

/** What can be told about arguments that are literals. */
final class Literal {
  private Literal() {}

  /** The argument with this name, or null. */
  static Argument named(List<Argument> arguments, String name) {
    for (Argument argument : arguments) {
      if (Names.unquote(argument.name()).equals(name)) {
        return argument;
      }
    }
    return null;
  }

  /** The text of an argument that is a string literal; null where it is none. */
  static String text(List<Argument> arguments, String name) {
    Argument argument = named(arguments, name);
    return argument != null && argument.value() instanceof Expr.StringLiteral literal
        ? Literals.string(literal.source())
        : null;
  }

  /** Why the value can never be what the parameter needs; null where it may be. */
  static String mismatch(Parameter parameter, ArgumentValue value) {
    boolean isText = value instanceof Expr.StringLiteral;
    boolean isNumber = value instanceof Expr.NumberLiteral;
    return switch (parameter.type()) {
      case INT, FLOAT -> isText ? "needs a number, not a string" : null;
      case DICT -> isText || isNumber ? "needs a dict" : null;
      case LAMBDA ->
          isNumber
              ? "needs a lambda as a string"
              : isText ? lambda((Expr.StringLiteral) value) : null;
      default -> null;
    };
  }

  private static String lambda(Expr.StringLiteral literal) {
    try {
      Parser.parseLambda(Literals.string(literal.source()));
      return null;
    } catch (SyntaxException e) {
      return "needs a lambda such as \"x=>x + 1\": " + e.errors().get(0).message();
    }
  }
}
