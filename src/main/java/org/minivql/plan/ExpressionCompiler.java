package org.minivql.plan;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.node.AccessNode;
import org.minivql.plan.node.Arithmetics;
import org.minivql.plan.node.BadNumber;
import org.minivql.plan.node.Builtins;
import org.minivql.plan.node.CallArguments;
import org.minivql.plan.node.Compare;
import org.minivql.plan.node.Constant;
import org.minivql.plan.node.ExprNode;
import org.minivql.plan.node.Folding;
import org.minivql.plan.node.FunctionCall;
import org.minivql.plan.node.ListNode;
import org.minivql.plan.node.Logic;
import org.minivql.plan.node.NegateNode;
import org.minivql.plan.node.PathNode;
import org.minivql.plan.node.SymbolNode;
import org.minivql.plan.select.QueryNode;
import org.minivql.plan.select.SelectNode;
import org.minivql.plan.select.VariableCall;
import org.minivql.runtime.TextSearch;
import org.minivql.spi.Catalog;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Place;

/** Compiles expressions and the arguments of calls. */
final class ExpressionCompiler {
  private final Compiler compiler;
  private final Builtins builtins;
  private final Places places;
  private final List<SelectNode> inner;

  /**
   * A compiler.
   *
   * @param places where the expressions stand
   * @param inner takes the queries among the expressions
   */
  ExpressionCompiler(Compiler compiler, Builtins builtins, Places places, List<SelectNode> inner) {
    this.compiler = compiler;
    this.builtins = builtins;
    this.places = places;
    this.inner = inner;
  }

  /** A query in braces. */
  SelectNode query(Select select) {
    SelectNode node = compiler.select(select);
    inner.add(node);
    return node;
  }

  ExprNode compile(Expr expr) {
    if (expr instanceof Expr.Symbol symbol) {
      return symbol(symbol);
    }
    if (expr instanceof Expr.StringLiteral literal) {
      return new Constant(Literals.string(literal.source()));
    }
    if (expr instanceof Expr.NumberLiteral literal) {
      Object number = Literals.number(literal.source());
      return number == null
          ? new BadNumber(literal.source(), places.of(literal.span()))
          : new Constant(number);
    }
    if (expr instanceof Expr.BoolLiteral literal) {
      return new Constant(literal.source().equalsIgnoreCase("true"));
    }
    if (expr instanceof Expr.NullLiteral) {
      return new Constant(null);
    }
    if (expr instanceof Expr.Paren paren) {
      return compile(paren.content());
    }
    if (expr instanceof Expr.Access access) {
      return access(access);
    }
    return operation(expr);
  }

  private ExprNode operation(Expr expr) {
    if (expr instanceof Expr.Comparison comparison) {
      return comparison(comparison);
    }
    if (expr instanceof Expr.And and) {
      List<String> operators = and.operators();
      return new Logic.And(all(and.terms()), operators.get(operators.size() - 1).equals("&&"));
    }
    if (expr instanceof Expr.Or or) {
      boolean[] yields = new boolean[or.operators().size()];
      for (int i = 0; i < yields.length; i++) {
        yields[i] = or.operators().get(i).equals("||");
      }
      return new Logic.Or(all(or.terms()), yields);
    }
    if (expr instanceof Expr.Not not) {
      return new Logic.Not(compile(not.operand()));
    }
    if (expr instanceof Expr.Sum sum) {
      return new Arithmetics(all(sum.terms()), operators(sum.operators()));
    }
    if (expr instanceof Expr.Product product) {
      return new Arithmetics(all(product.terms()), operators(product.operators()));
    }
    return new ListNode(all(((Expr.CommaList) expr).items()));
  }

  private static char[] operators(List<String> operators) {
    char[] chars = new char[operators.size()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = operators.get(i).charAt(0);
    }
    return chars;
  }

  private ExprNode[] all(List<Expr> exprs) {
    ExprNode[] nodes = new ExprNode[exprs.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = exprs.get(i) == null ? null : compile(exprs.get(i));
    }
    return nodes;
  }

  private ExprNode comparison(Expr.Comparison comparison) {
    ExprNode left = compile(comparison.left());
    ExprNode right = compile(comparison.right());
    String operator = operator(comparison.operator());
    if (operator.equals("=~")) {
      ExprNode match = Compare.match(left, right, places.of(comparison.span()));
      return right instanceof Constant constant && constant.value() instanceof String pattern
          ? match(left, pattern, match)
          : match;
    }
    return Folding.comparison(operator, left, right);
  }

  /** In a lambda IN keeps its spelling, and only these are known. */
  private static String operator(String written) {
    return written.equals("in") || written.equals("In") ? "IN" : written;
  }

  /** A constant pattern is compiled now; one that matches everything or does not compile is not. */
  private static ExprNode match(ExprNode target, String pattern, ExprNode otherwise) {
    if (!pattern.isEmpty() && !pattern.equals(".") && !pattern.equals(".*")) {
      try {
        return new Compare.MatchConstant(target, pattern, TextSearch.compile(pattern));
      } catch (PatternSyntaxException e) {
        // Each run reports it in its own log.
        return otherwise;
      }
    }
    return otherwise;
  }

  private ExprNode access(Expr.Access access) {
    AccessNode.Step[] steps = new AccessNode.Step[access.accessors().size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = step(access.accessors().get(i));
    }
    return new AccessNode(compile(access.base()), steps);
  }

  private AccessNode.Step step(Accessor accessor) {
    if (accessor instanceof Accessor.Member member) {
      return new AccessNode.Member(Names.unquote(member.name()));
    }
    if (accessor instanceof Accessor.Index index) {
      return index.index() == null
          ? new AccessNode.Nothing()
          : new AccessNode.Index(compile(index.index()));
    }
    Accessor.Slice slice = (Accessor.Slice) accessor;
    return new AccessNode.Slice(
        slice.from() == null ? null : compile(slice.from()),
        slice.to() == null ? null : compile(slice.to()));
  }

  private ExprNode symbol(Expr.Symbol symbol) {
    List<String> path = symbol.path();
    String joined = path.size() == 1 ? path.get(0) : String.join(".", path);
    String written = symbol.negated() ? "-" + joined : joined;
    ExprNode node = symbol.called() ? call(symbol, written) : name(symbol, written);
    return symbol.negated() ? new NegateNode(node) : node;
  }

  private ExprNode name(Expr.Symbol symbol, String written) {
    List<String> path = components(symbol.path());
    if (path.size() == 1) {
      return new SymbolNode(path.get(0), written, places.of(symbol.span()));
    }
    return new PathNode(path.get(0), rest(path), written, places.of(symbol.span()));
  }

  private ExprNode call(Expr.Symbol symbol, String written) {
    List<String> path = components(symbol.path());
    CallArguments arguments = arguments(symbol.arguments());
    if (path.size() == 1) {
      Catalog.Function function = builtins.function(path.get(0));
      if (function != null) {
        return new FunctionCall(function, arguments, places.of(symbol.span()));
      }
    }
    Place at = places.of(symbol.span());
    return new VariableCall(path.get(0), rest(path), written, arguments, at);
  }

  static List<String> components(List<String> path) {
    List<String> names = new ArrayList<>(path.size());
    for (String token : path) {
      names.add(Names.component(token));
    }
    return names;
  }

  private static String[] rest(List<String> path) {
    return path.subList(1, path.size()).toArray(new String[0]);
  }

  CallArguments arguments(List<Argument> arguments) {
    List<String> names = new ArrayList<>(arguments.size());
    ExprNode[] nodes = new ExprNode[arguments.size()];
    boolean[] brackets = new boolean[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      names.add(Names.unquote(arguments.get(i).name()));
      nodes[i] = argument(arguments.get(i).value());
      brackets[i] = arguments.get(i).value() instanceof ArgumentValue.Brackets;
    }
    return new CallArguments(names, nodes, brackets);
  }

  ExprNode argument(ArgumentValue value) {
    if (value instanceof Select select) {
      return new QueryNode(query(select));
    }
    if (value instanceof ArgumentValue.Brackets brackets) {
      return brackets.content() == null
          ? new ListNode(new ExprNode[0])
          : compile(brackets.content());
    }
    return compile((Expr) value);
  }
}
