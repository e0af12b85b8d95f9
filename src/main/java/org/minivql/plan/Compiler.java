package org.minivql.plan;

import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.node.Builtins;
import org.minivql.plan.node.CallArguments;
import org.minivql.plan.node.ExprNode;
import org.minivql.plan.node.LetExpression;
import org.minivql.plan.node.Parameters;
import org.minivql.plan.node.PlannedLambda;
import org.minivql.plan.select.Clauses;
import org.minivql.plan.select.LazyText;
import org.minivql.plan.select.LetQuery;
import org.minivql.plan.select.PluginSource;
import org.minivql.plan.select.Projection;
import org.minivql.plan.select.SelectNode;
import org.minivql.plan.select.Source;
import org.minivql.plan.select.SubSelectNode;
import org.minivql.plan.select.VariableSource;
import org.minivql.spi.Catalog;
import org.minivql.spi.Namespace;
import org.minivql.syntax.Names;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Lambda;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Shape;

/** Turns syntax trees into plans. A plan is made once and run many times. */
public final class Compiler {
  private final Builtins builtins;
  private final Places places;

  /** A compiler that knows these functions and plugins. */
  public Compiler(Builtins builtins) {
    this(builtins, Places.NONE);
  }

  private Compiler(Builtins builtins, Places places) {
    this.builtins = builtins;
    this.places = places;
  }

  /** Compiles expressions; the queries among them are added to the list. */
  private ExpressionCompiler expressions(List<SelectNode> inner) {
    return new ExpressionCompiler(this, builtins, places, inner);
  }

  /** The statements of a program, compiled. */
  public List<PlannedStatement> compile(Program program) {
    return new Compiler(builtins, new Places(program.source())).statements(program);
  }

  private List<PlannedStatement> statements(Program program) {
    List<PlannedStatement> statements = new ArrayList<>(program.statements().size());
    for (Statement statement : program.statements()) {
      statements.add(
          statement instanceof Let let
              ? let(let)
              : PlannedStatement.select((Select) statement, select((Select) statement)));
    }
    return statements;
  }

  /** A lambda, compiled. */
  public org.minivql.value.Lambda compile(Lambda lambda) {
    return new PlannedLambda(
        lambda.parameters(),
        expressions(new ArrayList<>()).compile(lambda.body()),
        Printer.text(lambda));
  }

  private PlannedStatement let(Let let) {
    String name = Names.unquote(let.name());
    List<String> names = new ArrayList<>();
    List<ExprNode> defaults = new ArrayList<>();
    List<SelectNode> inner = new ArrayList<>();
    ExpressionCompiler expressions = expressions(inner);
    for (LetParameter parameter : let.parameters()) {
      names.add(Names.unquote(parameter.name()));
      defaults.add(
          parameter.defaultValue() == null ? null : expressions.argument(parameter.defaultValue()));
    }
    Parameters parameters = names.isEmpty() ? Parameters.NONE : new Parameters(names, defaults);
    boolean masks = builtins.function(let.name()) != null;
    Object definition =
        let.body() instanceof Select select
            ? new LetQuery(select(select), parameters)
            : new LetExpression(expressions.compile((Expr) let.body()), parameters);
    return new LetStatement(
        new LazyText(() -> Printer.text(let)),
        let.name(),
        Shape.of(name),
        definition,
        let.materialized(),
        masks,
        names.size(),
        inner,
        places.of(let.span()));
  }

  SelectNode select(Select select) {
    SelectNode.Inner inner =
        new SelectNode.Inner(new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0));
    ExpressionCompiler columns = expressions(inner.columns());
    return new SelectNode(
        new Clauses(select),
        inner,
        source(select.from(), expressions(inner.source())),
        new Projection(items(select, columns)),
        select.where() == null ? null : expressions(inner.where()).compile(select.where()),
        select.groupBy() == null ? null : columns.compile(select.groupBy()),
        select.orderBy() == null
            ? null
            : new SelectNode.Order(
                Names.unquote(select.orderBy().name()),
                select.orderBy().descending(),
                places.of(select.orderBy().span())),
        select.limit() == null ? null : select.limit().rows());
  }

  private List<Projection.Item> items(Select select, ExpressionCompiler expressions) {
    List<Projection.Item> items = new ArrayList<>(select.columns().size() + 1);
    if (select.star()) {
      items.add(new Projection.Item(null, null));
    }
    for (Column column : select.columns()) {
      items.add(item(column, expressions));
    }
    return items;
  }

  private static Projection.Item item(Column column, ExpressionCompiler expressions) {
    if (column.star()) {
      return new Projection.Item(
          column.alias() == null ? null : Names.unquote(column.alias()), null);
    }
    ExprNode node =
        column.value() instanceof Select inner
            ? new SubSelectNode(expressions.query(inner))
            : expressions.compile((Expr) column.value());
    return new Projection.Item(Names.columnName(column), node);
  }

  private Source source(PluginCall call, ExpressionCompiler expressions) {
    List<String> path = ExpressionCompiler.components(call.path());
    CallArguments arguments = expressions.arguments(call.arguments());
    String name = String.join(".", path);
    if (call.called() && path.size() == 1) {
      Catalog.Plugin plugin = builtins.plugin(name);
      if (plugin != null) {
        return new PluginSource(name, plugin, arguments, places.of(call.span()));
      }
    }
    Namespace namespace = path.size() > 1 ? builtins.namespace(path.get(0)) : null;
    if (namespace != null) {
      return new PluginSource(
          name, namespace, path.subList(1, path.size()), arguments, places.of(call.span()));
    }
    return new VariableSource(path, call, arguments, builtins, places.of(call.span()));
  }
}
