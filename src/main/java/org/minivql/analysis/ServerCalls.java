package org.minivql.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.minivql.spi.Library;
import org.minivql.spi.Parameter;
import org.minivql.spi.QueryVerifier;
import org.minivql.spi.Signature;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Span;
import org.minivql.value.Dict;

/** What {@code verify()} says about calls and names. */
final class ServerCalls {
  private static final String SPREAD = "**";
  private static final Set<String> OF_ARTIFACTS = Set.of("source", "preconditions");

  private final Library library;
  private final QueryVerifier.Setting setting;
  private final Map<String, Let> lets;
  private final List<String> errors;
  private final BiPredicate<String, String> suppressed;
  private final SourceText text;
  private final List<Dict> warnings = new ArrayList<>();
  private final Set<String> permissions = new LinkedHashSet<>();

  ServerCalls(
      Library library,
      QueryVerifier.Setting setting,
      Map<String, Let> lets,
      List<String> errors,
      BiPredicate<String, String> suppressed,
      String query) {
    this.library = library;
    this.setting = setting;
    this.lets = lets;
    this.errors = errors;
    this.suppressed = suppressed;
    this.text = new SourceText(query);
  }

  List<Dict> warnings() {
    return warnings;
  }

  Set<String> permissions() {
    return permissions;
  }

  void symbol(Expr.Symbol symbol) {
    String name = Names.unquote(symbol.path().get(0));
    if (symbol.path().size() > 1 || setting.names().contains(name)) {
      return;
    }
    if (!symbol.called()) {
      bare(symbol, name);
    } else {
      call("function", name, library.functionSignature(name), symbol.span(), symbol.arguments());
    }
  }

  private void bare(Expr.Symbol symbol, String name) {
    Let let = lets.get(name);
    boolean masks = let == null ? library.functionSignature(name) != null : hasParameters(let);
    if (masks) {
      warnings.add(
          Dict.of(
              "Name",
              "symbol_mask_warn",
              "Message",
              "Use of symbol `%[1]v` which might mask a %[2]v of the same name",
              "Args",
              List.of(name, let == null ? "function" : "LET definition"),
              "Pos",
              text.range(symbol.span())));
    }
  }

  private static boolean hasParameters(Let let) {
    return !let.parameters().isEmpty();
  }

  void plugin(PluginCall call) {
    String name = call.path().stream().map(Names::unquote).collect(Collectors.joining("."));
    if (name.startsWith("Artifact.")) {
      artifact(call, name);
    } else if (call.called() && call.path().size() == 1 && !setting.names().contains(name)) {
      call("plugin", name, library.pluginSignature(name), call.span(), call.arguments());
    }
  }

  private void artifact(PluginCall call, String name) {
    String artifact = name.substring("Artifact.".length());
    List<String> parameters = setting.parameters().apply(artifact);
    if (parameters == null) {
      if (!suppressed.test("unknown_artifact_in_query", artifact)) {
        errors.add("Unknown artifact reference " + artifact);
      }
      return;
    }
    if (mixed("plugin", name, call.span(), call.arguments())) {
      return;
    }
    for (Argument argument : call.arguments()) {
      String given = Names.unquote(argument.name());
      if (!given.equals(SPREAD) && !OF_ARTIFACTS.contains(given) && !parameters.contains(given)) {
        add(
            argument.span(),
            "unknown_parameter_in_call",
            name,
            "Call to " + name + " contains unknown parameter " + given);
      }
    }
  }

  private void call(
      String kind, String name, Signature signature, Span span, List<Argument> arguments) {
    if (lets.containsKey(name)) {
      definition(kind, name, lets.get(name), span, arguments);
    } else if (signature == null) {
      add(span, "unknown_plugin", name, "Unknown " + kind + " " + name + "()");
    } else {
      if (!signature.permission().isEmpty()) {
        permissions.add(signature.permission());
      }
      if (!mixed(kind, name, span, arguments)) {
        builtin(kind, signature, span, arguments);
      }
    }
  }

  private void definition(String kind, String name, Let let, Span span, List<Argument> arguments) {
    if (mixed(kind, name, span, arguments)) {
      return;
    }
    if (!hasParameters(let)) {
      if (!arguments.isEmpty()) {
        String problem = " was defined without args but it is being called as a function";
        add(span, "call_as_function", name, "LET " + name + problem);
      }
      return;
    }
    List<String> known =
        let.parameters().stream().map(parameter -> Names.unquote(parameter.name())).toList();
    unknown(arguments, known, "VQL definition " + name);
    for (LetParameter parameter : let.parameters()) {
      if (parameter.defaultValue() == null) {
        required(arguments, parameter.name(), "VQL definition " + name, parameter.span());
      }
    }
  }

  private void builtin(String kind, Signature signature, Span span, List<Argument> arguments) {
    String target = kind + " " + signature.name();
    if (!signature.open()) {
      List<String> known = signature.parameters().stream().map(Parameter::name).toList();
      unknown(arguments, known, target + "()");
    }
    for (Parameter parameter : signature.parameters()) {
      if (parameter.required()) {
        required(arguments, parameter.name(), target, span);
      }
    }
  }

  private void unknown(List<Argument> arguments, List<String> known, String target) {
    for (Argument argument : arguments) {
      String given = Names.unquote(argument.name());
      if (!given.equals(SPREAD) && !known.contains(given)) {
        add(argument.span(), "invalid_arg", given, "Invalid arg " + given + " for " + target);
      }
    }
  }

  private void required(List<Argument> arguments, String token, String target, Span span) {
    String name = Names.unquote(token);
    if (Literal.named(arguments, name) == null && Literal.named(arguments, SPREAD) == null) {
      add(
          span,
          "required_arg_missing",
          name,
          "While calling " + target + "(), required arg " + name + " is not provided");
    }
  }

  private boolean mixed(String kind, String name, Span span, List<Argument> arguments) {
    if (Literal.named(arguments, SPREAD) == null || arguments.size() == 1) {
      return false;
    }
    for (Argument argument : arguments) {
      String given = Names.unquote(argument.name());
      if (!given.equals(SPREAD)) {
        String shown = "{" + given + " {" + text.places(argument.span()) + "}}";
        String call = "Calling " + kind + " `" + name + "`";
        add(
            span,
            "kwargs_mixed_call",
            name,
            call + " with kwargs (**) as well as with arg `" + shown + "`");
      }
    }
    return true;
  }

  /** Adds a finding of a kind, unless findings about this subject are not wanted. */
  private void add(Span span, String kind, String subject, String message) {
    if (!suppressed.test(kind, subject)) {
      errors.add("(" + text.place(span.start(), ",") + ") " + kind + ": " + message);
    }
  }
}
