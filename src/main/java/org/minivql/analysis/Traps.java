package org.minivql.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minivql.spi.Library;
import org.minivql.spi.Signature;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Span;

/** Finds what works, but most likely not as meant: the traps of automation on a server. */
final class Traps {
  private static final Set<String> LABEL_OPS = Set.of("set", "check", "remove");
  private static final Set<String> SERVER_PERMISSIONS =
      Set.of("LABEL_CLIENT", "COLLECT_CLIENT", "START_HUNT", "COLLECT_SERVER", "SERVER_ADMIN");

  private final Library library;
  private final ArtifactLookup artifacts;
  private final Checker.Setting setting;
  private final Set<String> definitions;
  private final List<Finding> findings;
  private boolean waits;

  Traps(
      Library library,
      ArtifactLookup artifacts,
      Checker.Setting setting,
      Set<String> definitions,
      List<Finding> findings) {
    this.library = library;
    this.artifacts = artifacts;
    this.setting = setting;
    this.definitions = definitions;
    this.findings = findings;
  }

  void symbol(Expr.Symbol symbol) {
    if (!symbol.called()) {
      return;
    }
    String name = Names.unquote(symbol.path().get(0));
    serverOnly(library.functionSignature(name), symbol.span());
    switch (name) {
      case "label" -> label(symbol);
      case "hunt" -> hunt(symbol);
      case "send_event" -> sendEvent(symbol);
      default -> {
        // Nothing is known about the others.
      }
    }
  }

  private void label(Expr.Symbol call) {
    if (Literal.named(call.arguments(), "**") != null) {
      return;
    }
    Argument op = Literal.named(call.arguments(), "op");
    String text = Literal.text(call.arguments(), "op");
    if (op == null) {
      add(Finding.Rule.LABEL_OP, call.span(), "label() without op changes nothing");
    } else if (text != null && !LABEL_OPS.contains(text.toLowerCase(Locale.ROOT))) {
      add(Finding.Rule.LABEL_OP, op.span(), "label() with op \"" + text + "\" changes nothing");
    }
  }

  private void hunt(Expr.Symbol call) {
    Argument os = Literal.named(call.arguments(), "os");
    for (String labels : List.of("include_labels", "exclude_labels")) {
      Argument argument = Literal.named(call.arguments(), labels);
      if (os != null && argument != null) {
        add(Finding.Rule.IGNORED_ARG, argument.span(), "hunt() with os ignores " + labels);
      }
    }
  }

  private void sendEvent(Expr.Symbol call) {
    String name = Literal.text(call.arguments(), "artifact");
    ArtifactLookup.Info info = name == null ? null : artifacts.find(name);
    if (info != null
        && info.type().equals("SERVER_EVENT")
        && Literal.named(call.arguments(), "client_id") == null) {
      add(
          Finding.Rule.QUEUE_NAME,
          call.span(),
          "send_event() to the server queue " + name + " needs client_id=\"server\"");
    }
  }

  void plugin(PluginCall call) {
    String name = Names.unquote(call.path().get(0));
    Signature signature = library.pluginSignature(name);
    waits |= signature == null ? !definitions.contains(name) : signature.endless();
    serverOnly(signature, call.span());
    if (name.equals("watch_monitoring")) {
      watch(call);
    } else if (name.equals("hunt_results")) {
      Argument source = Literal.named(call.arguments(), "source");
      if (source != null) {
        add(
            Finding.Rule.IGNORED_ARG,
            source.span(),
            "hunt_results() with source finds nothing; write artifact=\"Artifact/Source\"");
      }
    }
  }

  private void watch(PluginCall call) {
    Argument argument = Literal.named(call.arguments(), "artifact");
    String queue = Literal.text(call.arguments(), "artifact");
    if (queue == null) {
      return;
    }
    int slash = queue.indexOf('/');
    String name = slash < 0 ? queue : queue.substring(0, slash);
    ArtifactLookup.Info info = artifacts.find(name);
    if (info == null) {
      String near = Spelling.closest(name, artifacts.names());
      String hint = near == null ? "" : "; did you mean " + near + "?";
      add(Finding.Rule.UNKNOWN_ARTIFACT, argument.span(), "there is no artifact " + name + hint);
    } else if (!info.type().endsWith("EVENT") && !info.type().equals("INTERNAL")) {
      add(
          Finding.Rule.QUEUE_NAME,
          argument.span(),
          name + " is of type " + info.type() + ": it has no events");
    } else if (slash < 0 && !info.sources().isEmpty() && !info.sources().contains("")) {
      String first = info.sources().get(0);
      add(
          Finding.Rule.QUEUE_NAME,
          argument.span(),
          name + " has named sources: write \"" + name + "/" + first + "\"");
    }
  }

  void select(Select select) {
    Signature source =
        select.from().path().size() == 1
            ? library.pluginSignature(Names.unquote(select.from().path().get(0)))
            : null;
    if (source == null || !source.endless() || select.limit() != null) {
      return;
    }
    if (select.groupBy() != null) {
      collects(select.groupBy().span(), "GROUP BY", source);
    } else if (select.orderBy() != null) {
      collects(select.orderBy().span(), "ORDER BY", source);
    }
  }

  private void collects(Span span, String clause, Signature source) {
    add(
        Finding.Rule.ENDLESS_COLLECT,
        span,
        clause + " yields nothing while " + source.name() + "() goes on, and it does not end");
  }

  private void serverOnly(Signature signature, Span span) {
    boolean onClient = setting.type().equals("CLIENT") || setting.type().equals("CLIENT_EVENT");
    if (onClient && signature != null && SERVER_PERMISSIONS.contains(signature.permission())) {
      add(
          Finding.Rule.SERVER_ONLY,
          span,
          signature.name() + "() works on a server; the artifact is of type " + setting.type());
    }
  }

  /** What can be said when the whole program was seen. */
  void end(Program program) {
    if (setting.type().endsWith("_EVENT") && !waits) {
      Span span = program.statements().get(program.statements().size() - 1).span();
      add(
          Finding.Rule.RULE_ENDS,
          span,
          "the query waits for nothing: an event artifact that ends is not started again");
    }
  }

  private void add(Finding.Rule rule, Span span, String message) {
    findings.add(new Finding(rule, span, message));
  }
}
