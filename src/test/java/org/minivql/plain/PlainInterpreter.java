package org.minivql.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.format.Json;
import org.minivql.spi.Catalog;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.Library;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Dict;
import org.minivql.value.Operators;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;

/** Runs programs without planning anything. */
public final class PlainInterpreter {
  private final Operators operators;
  private final Library library;
  private final List<Catalog> catalogs;

  /**
   * What a program did.
   *
   * @param rows the rows of its statements as compact JSON
   * @param log the lines of its log
   */
  public record Outcome(List<String> rows, List<String> log) {}

  /**
   * An interpreter that takes from an engine what is not its plan.
   *
   * @param scope of the engine: the meaning of its operators and the names it knows
   * @param catalogs the functions and plugins that programs may use; later ones replace names
   */
  public PlainInterpreter(Scope scope, List<Catalog> catalogs) {
    this.operators = scope.operators();
    this.library = scope.service(Library.class);
    this.catalogs = new ArrayList<>(catalogs);
    this.catalogs.add(HostCatalog.create().declarations(PlainBuiltins.class));
  }

  /** Runs a program. */
  public Outcome run(String text, Map<Class<?>, Object> services) {
    PlainRun run = new PlainRun(operators, library, catalogs, services);
    Map<String, Object> constants = new LinkedHashMap<>();
    constants.put("NULL", null);
    PlainScope root = PlainScope.root(run, constants);
    PlainScope scope = root.with(new LinkedHashMap<>());
    List<String> rows = new ArrayList<>();
    for (Statement statement : Parser.parse(text).statements()) {
      if (statement instanceof Let let) {
        scope = let(let, scope);
      } else {
        select((Select) statement, scope, rows);
      }
    }
    root.end();
    return new Outcome(rows, run.log);
  }

  private void select(Select select, PlainScope scope, List<String> rows) {
    PlainScope own = scope.owned(Dict.of("$Query", Printer.text(select)));
    PlainSelect.run(
        select,
        own,
        row -> {
          Map<String, Object> cells = new LinkedHashMap<>();
          ((Dict) row).forEach((name, cell) -> cells.put(name, operators.normalise(scope, cell)));
          return rows.add(Json.text(Dict.of(cells)));
        });
    own.end();
  }

  private PlainScope let(Let let, PlainScope scope) {
    if (library.functionSignature(let.name()) != null) {
      scope.log("WARN:LET expression is masking a built in function " + let.name());
    }
    if (let.materialized() && !let.parameters().isEmpty()) {
      scope.log(
          "WARN:Expression "
              + let.name()
              + " takes parameters but is materialized! Did you mean to use '='? ");
    }
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put(Names.unquote(let.name()), let.materialized() ? now(let, scope) : later(let));
    return scope.with(layer);
  }

  private static Object later(Let let) {
    return let.body() instanceof Select
        ? new PlainDefinitions.Query(let)
        : new PlainDefinitions.Expression(let);
  }

  private static Object now(Let let, PlainScope scope) {
    Object value =
        let.body() instanceof Expr expr
            ? PlainExpressions.eval(expr, scope)
            : new PlainDefinitions.Query(let);
    if (!(value instanceof StoredQuery query)) {
      return value;
    }
    PlainScope own = scope.copy();
    PlainRows rows = PlainRows.of(own, query);
    own.end();
    return rows;
  }
}
