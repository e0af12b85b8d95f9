package org.minivql.syntax.antlr;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Span;

/** Builds the nodes for the actions of the grammar, and knows what could have stood where. */
public abstract class TreeParser extends Parser {
  private final String source;
  private boolean membershipAsWritten;
  private int consumedState = -1;
  private ParserRuleContext consumedContext;

  /** A parser of the tokens of a {@link BaseLexer}. */
  protected TreeParser(TokenStream input) {
    super(input);
    source = ((BaseLexer) input.getTokenSource()).source();
  }

  /** Says nothing of errors, throws the first one, and builds no parse tree. */
  final void quieten() {
    removeErrorListeners();
    setErrorHandler(new FirstError());
    setBuildParseTree(false);
  }

  /** Lambdas keep the spelling of {@code IN}: not every spelling means something there. */
  final void keepMembershipAsWritten() {
    membershipAsWritten = true;
  }

  @Override
  public final Token consume() {
    consumedState = getState();
    consumedContext = _ctx;
    return super.consume();
  }

  /** Forgets what was consumed: a new statement begins. */
  final void beginStatement() {
    consumedState = -1;
    consumedContext = null;
    _ctx = null;
  }

  /** The token types that may follow what was consumed; null at the beginning of a statement. */
  final IntervalSet follow() {
    if (consumedState < 0) {
      return null;
    }
    int after = getATN().states.get(consumedState).transition(0).target.stateNumber;
    return getATN().getExpectedTokens(after, consumedContext);
  }

  /** From the start of a token to the end of the last consumed one. */
  final Span span(Token start) {
    return Span.of(start.getStartIndex(), _input.LT(-1).getStopIndex() + 1);
  }

  final String text(Token token) {
    return source.substring(token.getStartIndex(), token.getStopIndex() + 1);
  }

  /** The first name of a symbol, without the minus that may be glued to it. */
  final String name(Token token) {
    int minus = token.getType() == VqlLexer.NEGATED_IDENT ? 1 : 0;
    return source.substring(token.getStartIndex() + minus, token.getStopIndex() + 1);
  }

  /** An operator of one character, without making a new string. */
  final String sign(Token token) {
    return switch (token.getType()) {
      case VqlLexer.PLUS -> "+";
      case VqlLexer.MINUS -> "-";
      case VqlLexer.STAR -> "*";
      default -> "/";
    };
  }

  final String comparison(Token token) {
    return switch (token.getType()) {
      case VqlLexer.EQ -> "=";
      case VqlLexer.NE -> "!=";
      case VqlLexer.LTGT -> "<>";
      case VqlLexer.LT -> "<";
      case VqlLexer.LE -> "<=";
      case VqlLexer.GT -> ">";
      case VqlLexer.GE -> ">=";
      case VqlLexer.MATCH -> "=~";
      default -> membershipAsWritten ? text(token) : "IN";
    };
  }

  final <T> List<T> add(List<T> list, T item) {
    List<T> longer = list == null ? new ArrayList<>(2) : list;
    longer.add(item);
    return longer;
  }

  final Expr list(Token start, Expr first, Slots slots) {
    return slots == null ? first : new Expr.CommaList(span(start), slots.items);
  }

  final Expr and(Token start, Expr first, Chain chain) {
    return chain == null ? first : new Expr.And(span(start), chain.terms, chain.operators);
  }

  final Expr or(Token start, Expr first, Chain chain) {
    return chain == null ? first : new Expr.Or(span(start), chain.terms, chain.operators);
  }

  final Expr sum(Token start, Expr first, Chain chain) {
    return chain == null ? first : new Expr.Sum(span(start), chain.terms, chain.operators);
  }

  final Expr product(Token start, Expr first, Chain chain) {
    return chain == null ? first : new Expr.Product(span(start), chain.terms, chain.operators);
  }

  final Expr condition(List<Token> nots, Token start, Expr left, String operator, Expr right) {
    Expr result = operator == null ? left : new Expr.Comparison(span(start), left, operator, right);
    if (nots != null) {
      for (int i = nots.size() - 1; i >= 0; i--) {
        result = new Expr.Not(span(nots.get(i)), result);
      }
    }
    return result;
  }

  /** A name, or a call where there are arguments, if only none at all in parentheses. */
  final Expr symbol(Token start, List<String> names, List<Argument> arguments) {
    boolean negated = start.getType() == VqlLexer.NEGATED_IDENT;
    boolean called = arguments != null;
    return new Expr.Symbol(span(start), negated, names, called, called ? arguments : List.of());
  }

  final Expr access(Token start, Expr base, List<Accessor> accessors) {
    return accessors == null ? base : new Expr.Access(span(start), base, accessors);
  }

  final Accessor index(Token start, Expr from, Expr to, boolean slice) {
    return slice
        ? new Accessor.Slice(span(start), from, to)
        : new Accessor.Index(span(start), from);
  }

  final Select.OrderBy orderBy(Token name, boolean descending) {
    return new Select.OrderBy(
        Span.of(name.getStartIndex(), name.getStopIndex() + 1), text(name), descending);
  }

  final Select.Limit limit(Token number) {
    Long rows = Integers.parse(text(number));
    if (rows == null) {
      throw new Rejected(number, "LIMIT takes an integer of 64 bits, not " + text(number));
    }
    return new Select.Limit(Span.of(number.getStartIndex(), number.getStopIndex() + 1), rows);
  }
}
