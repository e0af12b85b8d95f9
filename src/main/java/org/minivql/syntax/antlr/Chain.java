package org.minivql.syntax.antlr;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.tree.Expr;

/** The operands of one level of precedence, while they are read. */
final class Chain {
  final List<Expr> terms = new ArrayList<>();
  final List<String> operators = new ArrayList<>();

  private Chain(Expr first) {
    terms.add(first);
  }

  /** The chain with one more operand; begins one where {@code chain} is null. */
  static Chain add(Chain chain, Expr first, String operator, Expr next) {
    Chain longer = chain == null ? new Chain(first) : chain;
    longer.operators.add(operator);
    longer.terms.add(next);
    return longer;
  }
}
