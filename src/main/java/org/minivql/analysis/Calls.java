package org.minivql.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.minivql.spi.Library;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Span;

/** Checks the targets and arguments of calls. */
final class Calls {
  private static final String SPREAD = "**";
  private static final Set<String> OF_ARTIFACTS = Set.of("source", "preconditions");

  private final Library library;
  private final ArtifactLookup artifacts;
  private final Map<String, Let> lets;
  private final Set<String> names;
  private final List<Finding> findings;

  Calls(
      Library library,
      ArtifactLookup artifacts,
      Map<String, Let> lets,
      Set<String> names,
      List<Finding> findings) {
    this.library = library;
    this.artifacts = artifacts;
    this.lets = lets;
    this.names = names;
    this.findings = findings;
  }

  void symbol(Expr.Symbol symbol) {
    String name = Names.unquote(symbol.path().get(0));
    if (!symbol.called() || symbol.path().size() > 1 || names.contains(name)) {
      return;
    }
    if (lets.containsKey(name)) {
      definition(lets.get(name), name, symbol.span(), symbol.arguments());
      return;
    }
    Signature signature = library.functionSignature(name);
    if (signature != null) {
      arguments(signature, symbol.span(), symbol.arguments());
      return;
    }
    String hint =
        library.pluginSignature(name) == null
            ? near(name, library.functionNames())
            : "; there is a plugin of that name, which stands after FROM";
    add(Finding.Rule.UNKNOWN_FUNCTION, symbol.span(), "there is no function " + name + "()" + hint);
  }

  void plugin(PluginCall call) {
    String name = Names.unquote(call.path().get(0));
    if (name.equals("Artifact") && call.path().size() > 1) {
      artifact(call);
      return;
    }
    if (call.path().size() > 1 || names.contains(name)) {
      return;
    }
    if (lets.containsKey(name)) {
      if (call.called()) {
        definition(lets.get(name), name, call.span(), call.arguments());
      }
      return;
    }
    Signature signature = library.pluginSignature(name);
    if (signature != null) {
      arguments(signature, call.span(), call.arguments());
    } else if (call.called()) {
      String hint =
          library.functionSignature(name) == null
              ? near(name, library.pluginNames())
              : "; there is a function of that name";
      add(Finding.Rule.UNKNOWN_PLUGIN, call.span(), "there is no plugin " + name + "()" + hint);
    }
  }

  private void artifact(PluginCall call) {
    String name =
        call.path().subList(1, call.path().size()).stream()
            .map(Names::unquote)
            .collect(Collectors.joining("."));
    ArtifactLookup.Info info = artifacts.find(name);
    if (info == null) {
      String hint = near(name, artifacts.names());
      add(Finding.Rule.UNKNOWN_ARTIFACT, call.span(), "there is no artifact " + name + hint);
      return;
    }
    for (Argument argument : call.arguments()) {
      String given = Names.unquote(argument.name());
      boolean isKnown =
          given.equals(SPREAD) || OF_ARTIFACTS.contains(given) || info.parameters().contains(given);
      if (!isKnown) {
        add(
            Finding.Rule.UNKNOWN_PARAMETER,
            argument.span(),
            "artifact " + name + " has no parameter " + given + near(given, info.parameters()));
      }
    }
  }

  private void definition(Let let, String name, Span span, List<Argument> arguments) {
    if (let.parameters().isEmpty()) {
      if (!arguments.isEmpty()) {
        add(
            Finding.Rule.CALL_AS_FUNCTION,
            span,
            name + " is defined without parameters and called with arguments");
      }
      return;
    }
    List<String> known =
        let.parameters().stream().map(parameter -> Names.unquote(parameter.name())).toList();
    unknown(arguments, known, name);
  }

  private void arguments(Signature signature, Span span, List<Argument> arguments) {
    List<String> known = signature.parameters().stream().map(Parameter::name).toList();
    if (!signature.open()) {
      unknown(arguments, known, signature.name());
    }
    boolean spread = Literal.named(arguments, SPREAD) != null;
    for (Parameter parameter : signature.parameters()) {
      Argument argument = Literal.named(arguments, parameter.name());
      if (argument == null && parameter.required() && !spread) {
        add(
            Finding.Rule.REQUIRED_ARG_MISSING,
            span,
            signature.name() + "() needs the argument " + parameter.name());
      }
      String problem = argument == null ? null : Literal.mismatch(parameter, argument.value());
      if (problem != null) {
        add(
            Finding.Rule.WRONG_TYPE,
            argument.span(),
            "argument " + parameter.name() + " of " + signature.name() + "() " + problem);
      }
    }
  }

  private void unknown(List<Argument> arguments, List<String> known, String target) {
    for (Argument argument : arguments) {
      String given = Names.unquote(argument.name());
      if (!known.contains(given) && !given.equals(SPREAD)) {
        add(
            Finding.Rule.INVALID_ARG,
            argument.span(),
            target + "() has no argument " + given + near(given, known));
      }
    }
  }

  private static String near(String name, Collection<String> candidates) {
    String near = Spelling.closest(name, new ArrayList<>(candidates));
    return near == null ? "" : "; did you mean " + near + "?";
  }

  private void add(Finding.Rule rule, Span span, String message) {
    findings.add(new Finding(rule, span, message));
  }
}
