package org.minivql.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.spi.Library;
import org.minivql.spi.Signature;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;

/** Checks programs against the builtins and artifacts that there are. Immutable. */
public final class Checker {
  private final Library library;
  private final ArtifactLookup artifacts;

  /** A checker for programs that run with these builtins and artifacts. */
  public Checker(Library library, ArtifactLookup artifacts) {
    this.library = library;
    this.artifacts = artifacts;
  }

  /**
   * Where a program comes from.
   *
   * @param type the type of its artifact; empty for a program of its own
   * @param names names that are defined outside: variables, parameters, exports
   * @param isComplete whether nobody else uses its definitions
   */
  public record Setting(String type, Set<String> names, boolean isComplete) {
    /** A program of its own. */
    public static final Setting PROGRAM = new Setting("", Set.of(), true);
  }

  /** What is found in a program, in the order of its text. */
  public List<Finding> check(Program program, Setting setting) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Let> lets = definitions(program);
    Set<String> names = new HashSet<>(setting.names());
    lets.values().forEach(let -> parameters(let, names));
    Set<String> used = new HashSet<>();
    Calls calls = new Calls(library, artifacts, lets, names, findings);
    Traps traps = new Traps(library, artifacts, setting, lets.keySet(), findings);
    ResultNames resultNames = new ResultNames(findings);
    Visitor visitor =
        new Visitor() {
          @Override
          protected void symbol(Expr.Symbol symbol) {
            used.add(Names.unquote(symbol.path().get(0)));
            calls.symbol(symbol);
            traps.symbol(symbol);
          }

          @Override
          protected void plugin(PluginCall call) {
            used.add(Names.unquote(call.path().get(0)));
            calls.plugin(call);
            traps.plugin(call);
            resultNames.plugin(call);
          }

          @Override
          protected void select(Select select) {
            if (select.orderBy() != null) {
              used.add(Names.unquote(select.orderBy().name()));
            }
            traps.select(select);
          }

          @Override
          protected void comparison(Expr.Comparison comparison) {
            resultNames.comparison(comparison);
          }
        };
    program.statements().forEach(visitor::visit);
    traps.end(program);
    resultNames.end();
    masks(lets, findings);
    if (setting.isComplete()) {
      unused(lets, used, findings);
    }
    findings.sort(Comparator.comparingInt(finding -> finding.span().start()));
    return findings;
  }

  private static Map<String, Let> definitions(Program program) {
    Map<String, Let> lets = new LinkedHashMap<>();
    for (Statement statement : program.statements()) {
      if (statement instanceof Let let) {
        lets.put(Names.unquote(let.name()), let);
      }
    }
    return lets;
  }

  private static void parameters(Let let, Set<String> names) {
    for (LetParameter parameter : let.parameters()) {
      names.add(Names.unquote(parameter.name()));
    }
  }

  private void masks(Map<String, Let> lets, List<Finding> findings) {
    lets.forEach(
        (name, let) -> {
          Signature function = library.functionSignature(name);
          Signature builtin = function == null ? library.pluginSignature(name) : function;
          if (builtin != null) {
            String kind = builtin.kind() == Signature.Kind.PLUGIN ? "plugin" : "function";
            findings.add(
                new Finding(
                    Finding.Rule.SYMBOL_MASK,
                    let.span(),
                    "the definition of " + name + " hides the " + kind + " of that name"));
          }
        });
  }

  // A name that starts with an underscore says that it is not meant to be used.
  private static void unused(Map<String, Let> lets, Set<String> used, List<Finding> findings) {
    lets.forEach(
        (name, let) -> {
          if (!used.contains(name) && !name.startsWith("_")) {
            findings.add(
                new Finding(Finding.Rule.UNUSED_LET, let.span(), name + " is defined, not used"));
          }
        });
  }
}
