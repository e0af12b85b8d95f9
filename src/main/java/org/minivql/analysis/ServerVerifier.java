package org.minivql.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.minivql.spi.Library;
import org.minivql.spi.QueryVerifier;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.Token;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Dict;

/** The checks of {@code verify()}, in the words that people know from their servers. */
public final class ServerVerifier implements QueryVerifier {
  private static final Pattern SUPPRESSION = Pattern.compile("linter:\\s*(\\w+):\"([^\"]*)\"");
  private static final Set<String> KINDS =
      Set.of(
          "symbol_mask_warn",
          "required_permissions",
          "unknown_plugin",
          "unknown_artifact_in_query",
          "unknown_parameter_in_call",
          "invalid_arg",
          "required_arg_missing",
          "call_as_function",
          "kwargs_mixed_call");

  /** A verifier, which has no state. */
  public ServerVerifier() {}

  @Override
  public Report verify(Library library, String query, Setting setting) {
    Program program = Parser.parse(query);
    Map<String, Let> lets = new TreeMap<>();
    Set<String> names = new HashSet<>(setting.names());
    for (Statement statement : program.statements()) {
      if (statement instanceof Let let) {
        lets.put(Names.unquote(let.name()), let);
        let.parameters().forEach(parameter -> names.add(Names.unquote(parameter.name())));
      }
    }
    List<String> errors = new ArrayList<>();
    List<Dict> suppressions = suppressions(query, errors);
    ServerCalls calls =
        new ServerCalls(
            library,
            new Setting(setting.parameters(), names),
            lets,
            errors,
            (kind, subject) -> isSuppressed(kind, subject, suppressions),
            query);
    Visitor visitor =
        new Visitor() {
          @Override
          protected void symbol(Expr.Symbol symbol) {
            calls.symbol(symbol);
          }

          @Override
          protected void plugin(PluginCall call) {
            calls.plugin(call);
          }
        };
    program.statements().forEach(visitor::visit);
    List<Dict> warnings = new ArrayList<>(calls.warnings());
    warnings.removeIf(
        warning ->
            isSuppressed(
                (String) warning.get("Name"),
                String.valueOf(((List<?>) warning.get("Args")).get(0)),
                suppressions));
    return new Report(
        errors, warnings, definitions(lets), suppressions, new TreeSet<>(calls.permissions()));
  }

  private static List<Dict> suppressions(String query, List<String> errors) {
    List<Dict> found = new ArrayList<>();
    for (Token token : Token.of(query)) {
      Matcher matcher = SUPPRESSION.matcher(token.text(query));
      if (!token.kind().isComment() || !matcher.find()) {
        continue;
      }
      String kind = matcher.group(1);
      if (!KINDS.contains(kind)) {
        errors.add("invalid_suppression: Suppression " + kind + " not known");
        continue;
      }
      try {
        Pattern.compile(matcher.group(2));
        found.add(Dict.of("Name", kind, "Subject", matcher.group(2)));
      } catch (PatternSyntaxException e) {
        errors.add(
            "invalid_suppression: Suppression " + kind + " not valid: " + e.getDescription());
      }
    }
    return found;
  }

  private static boolean isSuppressed(String kind, String subject, List<Dict> suppressions) {
    return suppressions.stream()
        .anyMatch(
            s ->
                s.get("Name").equals(kind)
                    && Pattern.compile((String) s.get("Subject")).matcher(subject).find());
  }

  private static Dict definitions(Map<String, Let> lets) {
    Dict.Builder out = Dict.builder();
    lets.forEach(
        (name, let) -> {
          List<String> all = new ArrayList<>();
          List<String> defaults = new ArrayList<>();
          for (LetParameter parameter : let.parameters()) {
            all.add(Names.unquote(parameter.name()));
            if (parameter.defaultValue() != null) {
              defaults.add(Names.unquote(parameter.name()));
            }
          }
          out.set(
              name,
              Dict.of(
                  "Type",
                  "definition",
                  "Name",
                  name,
                  "Args",
                  all.isEmpty() ? null : all,
                  "Defaults",
                  defaults.isEmpty() ? null : defaults));
        });
    return out.build();
  }
}
