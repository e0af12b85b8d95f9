package org.minivql.analysis;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Statement;

/**
 * The functions and plugins that some programs call, also in the lambdas that they hold as strings.
 * What the programs define themselves is not counted.
 */
public final class CallNames {
  private static final Pattern LAMBDA =
      Pattern.compile("\\s*[A-Za-z_]\\w*(\\s*,\\s*[A-Za-z_]\\w*)*\\s*=>[\\s\\S]*");
  private static final String ARTIFACTS = "Artifact";

  private final Set<String> functions = new TreeSet<>();
  private final Set<String> plugins = new TreeSet<>();
  private final Set<String> defined = new HashSet<>();
  private final Visitor visitor =
      new Visitor() {
        @Override
        protected void symbol(Expr.Symbol symbol) {
          if (symbol.called() && symbol.path().size() == 1) {
            functions.add(Names.unquote(symbol.path().get(0)));
          }
        }

        @Override
        protected void plugin(PluginCall call) {
          String name = Names.unquote(call.path().get(0));
          if (call.called() && (call.path().size() == 1 || !name.equals(ARTIFACTS))) {
            plugins.add(name);
          }
        }

        @Override
        protected void text(Expr.StringLiteral literal) {
          String value = Literals.string(literal.source());
          if (LAMBDA.matcher(value).matches()) {
            lambda(value);
          }
        }
      };

  /** No programs yet. */
  public CallNames() {}

  /** Adds what a program calls and defines. */
  public void add(Program program) {
    define(program);
    program.statements().forEach(visitor::visit);
  }

  /** Adds what a program defines: what it calls is of no interest. */
  public void define(Program program) {
    for (Statement statement : program.statements()) {
      if (statement instanceof Let let) {
        defined.add(Names.unquote(let.name()));
        for (LetParameter parameter : let.parameters()) {
          defined.add(Names.unquote(parameter.name()));
        }
      }
    }
  }

  private void lambda(String text) {
    try {
      visitor.visit(Parser.parseLambda(text).body());
    } catch (SyntaxException e) {
      // Text that only looks like a lambda calls nothing.
      return;
    }
  }

  /** The functions, sorted. */
  public Set<String> functions() {
    return undefined(functions);
  }

  /** The plugins, sorted. */
  public Set<String> plugins() {
    return undefined(plugins);
  }

  /** Whether the programs define a name. */
  public boolean defines(String name) {
    return defined.contains(name);
  }

  private Set<String> undefined(Set<String> names) {
    Set<String> rest = new TreeSet<>(names);
    rest.removeAll(defined);
    return rest;
  }
}
