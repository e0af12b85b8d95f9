package org.minivql.fleet.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.analysis.Visitor;
import org.minivql.artifact.Request;
import org.minivql.registry.event.Mentions;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;

/** What the text of a rule or collection mentions, compares with text, and calls. */
public final class QueryText extends Visitor {
  /** Calls that wait for something to happen, or start what does. */
  private static final Set<String> WAITING =
      Set.of(
          "watch_monitoring",
          "clock",
          "diff",
          "delay",
          "batch",
          "fifo",
          "sequence",
          "background",
          "generate");

  /** Calls of which the text does not tell what they do. */
  private static final Set<String> OPEN = Set.of("Artifact", "query", "eval");

  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> stored = new HashMap<>();
  private int waiting;
  private final Set<String> called = new HashSet<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final List<String> compared = new ArrayList<>();

  private QueryText() {}

  public static QueryText of(Request request) {
    List<String> queries = new ArrayList<>(request.exports());
    request.queries().forEach(query -> queries.add(query.text()));
    return of(queries);
  }

  public static QueryText of(List<String> queries) {
    QueryText text = new QueryText();
    queries.stream().filter(query -> !query.isBlank()).forEach(text::read);
    return text;
  }

  private void read(String query) {
    for (Statement statement : Parser.parse(query).statements()) {
      int before = waiting;
      visit(statement);
      if (statement instanceof Let let && !let.materialized()) {
        // It waits where it is used.
        stored.put(Names.component(let.name()), waiting - before);
        waiting = before;
      }
    }
  }

  /** The names for those who give warnings. */
  public Mentions mentions() {
    Set<String> withText = new HashSet<>();
    for (String name : compared) {
      withText.add(name);
      withText.add(aliases.getOrDefault(name, name));
    }
    return new Mentions(names, withText);
  }

  /** Whether a function or plugin of this name is called. */
  public boolean calls(String name) {
    return called.contains(name);
  }

  /** Whether queries may have to wait for something else while they handle an event. */
  public boolean mayWait() {
    return waiting > 1 || OPEN.stream().anyMatch(called::contains);
  }

  private void used(String name) {
    waiting += WAITING.contains(name) ? 1 : stored.getOrDefault(name, 0);
  }

  /** Whether a line of the log is the complaint of a call: it begins with the call's name. */
  public boolean complains(String line) {
    int colon = line.indexOf(": ");
    return colon > 0 && called.contains(line.substring(0, colon));
  }

  @Override
  protected void symbol(Expr.Symbol symbol) {
    symbol.path().forEach(part -> names.add(Names.component(part)));
    String name = Names.component(symbol.path().get(0));
    used(name);
    if (symbol.called()) {
      called.add(name);
    }
  }

  @Override
  protected void plugin(PluginCall call) {
    String name = Names.component(call.path().get(0));
    used(name);
    called.add(name);
  }

  @Override
  protected void member(Accessor.Member member) {
    names.add(Names.component(member.name()));
  }

  @Override
  protected void select(Select select) {
    for (Column column : select.columns()) {
      if (column.alias() != null && column.value() instanceof Expr expr) {
        aliases.put(Names.component(column.alias()), last(expr));
      }
    }
  }

  @Override
  protected void comparison(Expr.Comparison comparison) {
    if (isText(comparison.right())) {
      compared.add(last(comparison.left()));
    } else if (isText(comparison.left())) {
      compared.add(last(comparison.right()));
    }
  }

  private static boolean isText(Expr expr) {
    if (expr instanceof Expr.CommaList list) {
      return list.items().stream().anyMatch(item -> item instanceof Expr.StringLiteral);
    }
    return expr instanceof Expr.Paren paren
        ? isText(paren.content())
        : expr instanceof Expr.StringLiteral;
  }

  /** The last member that an expression names; empty where it names none. */
  private static String last(Expr expr) {
    if (expr instanceof Expr.Paren paren) {
      return last(paren.content());
    }
    if (expr instanceof Expr.Symbol symbol && !symbol.called()) {
      return Names.component(symbol.path().get(symbol.path().size() - 1));
    }
    if (expr instanceof Expr.Access access
        && access.accessors().get(access.accessors().size() - 1) instanceof Accessor.Member m) {
      return Names.component(m.name());
    }
    return "";
  }
}
