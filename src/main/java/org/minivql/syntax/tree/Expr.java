package org.minivql.syntax.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An expression. Chains of one precedence level are one node with a list, so a long sum is not a
 * deep tree.
 */
public sealed interface Expr extends ArgumentValue {

  /**
   * {@code a, b, , c}.
   *
   * @param span the place
   * @param items the items; null for an empty slot
   */
  record CommaList(Span span, List<Expr> items) implements Expr {
    /** Takes a copy of the list. */
    public CommaList {
      items = Collections.unmodifiableList(new ArrayList<>(items));
    }
  }

  /**
   * {@code a AND b && c}.
   *
   * @param span the place
   * @param terms two or more operands
   * @param operators the operators between them, as written
   */
  record And(Span span, List<Expr> terms, List<String> operators) implements Expr {
    /** Takes copies of the lists. */
    public And {
      terms = List.copyOf(terms);
      operators = List.copyOf(operators);
    }
  }

  /**
   * {@code a OR b || c}.
   *
   * @param span the place
   * @param terms two or more operands
   * @param operators the operators between them, as written
   */
  record Or(Span span, List<Expr> terms, List<String> operators) implements Expr {
    /** Takes copies of the lists. */
    public Or {
      terms = List.copyOf(terms);
      operators = List.copyOf(operators);
    }
  }

  /**
   * {@code NOT a}.
   *
   * @param span the place
   * @param operand the operand
   */
  record Not(Span span, Expr operand) implements Expr {}

  /**
   * {@code a < b}; of a chain only the first operand and the last pair survive.
   *
   * @param span the place
   * @param left the left operand
   * @param operator one of {@code = != <> < <= > >= =~ IN}
   * @param right the right operand
   */
  record Comparison(Span span, Expr left, String operator, Expr right) implements Expr {}

  /**
   * {@code a + b - c}.
   *
   * @param span the place
   * @param terms two or more operands
   * @param operators the operators between them
   */
  record Sum(Span span, List<Expr> terms, List<String> operators) implements Expr {
    /** Takes copies of the lists. */
    public Sum {
      terms = List.copyOf(terms);
      operators = List.copyOf(operators);
    }
  }

  /**
   * {@code a * b / c}.
   *
   * @param span the place
   * @param terms two or more operands
   * @param operators the operators between them
   */
  record Product(Span span, List<Expr> terms, List<String> operators) implements Expr {
    /** Takes copies of the lists. */
    public Product {
      terms = List.copyOf(terms);
      operators = List.copyOf(operators);
    }
  }

  /**
   * {@code base[0].name}.
   *
   * @param span the place
   * @param base what is accessed
   * @param accessors one or more members, indexes and slices
   */
  record Access(Span span, Expr base, List<Accessor> accessors) implements Expr {
    /** Takes a copy of the list. */
    public Access {
      accessors = List.copyOf(accessors);
    }
  }

  /**
   * {@code ( … )}.
   *
   * @param span the place
   * @param content what stands inside
   */
  record Paren(Span span, Expr content) implements Expr {}

  /**
   * A name or a call: {@code -a.b(c=1)}.
   *
   * @param span the place
   * @param negated whether a minus is glued to it
   * @param path the components of the dotted name, each a token as written, without the minus
   * @param called whether parentheses follow
   * @param arguments the arguments of all parentheses, in source order
   */
  record Symbol(
      Span span, boolean negated, List<String> path, boolean called, List<Argument> arguments)
      implements Expr {
    /** Takes copies of the lists. */
    public Symbol {
      path = List.copyOf(path);
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A string.
   *
   * @param span the place
   * @param source the literal as written, with its quotes
   */
  record StringLiteral(Span span, String source) implements Expr {}

  /**
   * A number.
   *
   * @param span the place
   * @param source the literal as written
   */
  record NumberLiteral(Span span, String source) implements Expr {}

  /**
   * {@code TRUE} or {@code FALSE}.
   *
   * @param span the place
   * @param source the literal as written
   */
  record BoolLiteral(Span span, String source) implements Expr {}

  /**
   * {@code NULL}.
   *
   * @param span the place
   */
  record NullLiteral(Span span) implements Expr {}
}
