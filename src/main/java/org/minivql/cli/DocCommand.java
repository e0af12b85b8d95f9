package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.minivql.Vql;
import org.minivql.analysis.Spelling;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.engine.EngineOptions;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.output.MarkdownPage;
import org.minivql.cli.output.ReferencePage;
import org.minivql.problem.Problem;
import org.minivql.spi.Library;
import org.minivql.spi.Signature;

/** {@code vql doc}: the reference of functions and plugins. */
final class DocCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "doc",
        "Show what functions and plugins take and give, and what errors mean.",
        List.of("Without a name, lists all that there are in a line each."),
        List.of(Operand.any("NAME", "A function or plugin, or the id of an error.")),
        List.of(
            Option.choice(
                "profile",
                List.of("bare", "velociraptor"),
                "Which functions and plugins (velociraptor)."),
            Option.flag("all", "Show the pages of all functions and plugins."),
            Option.choice("format", List.of("text", "markdown"), "How pages are written (text)."),
            Option.flag("errors", "List the errors, with cause and remedy."),
            Option.value("search", "TEXT", "List only those that mention the text.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    if (call.has("errors")) {
      OutputFile.print(call.console(), errors());
      return Status.OK;
    }
    Vql vql = EngineOptions.engine(call, new Definitions());
    Library library = vql.library();
    Pages pages =
        call.value("format", "text").equals("markdown") ? MarkdownPage::of : ReferencePage::of;
    String search = call.value("search", "").toLowerCase(Locale.ROOT);
    String text;
    if (!call.operands().isEmpty()) {
      text = named(library, pages, call.operands());
    } else if (call.has("all")) {
      text = all(library, search).stream().map(pages::of).collect(Collectors.joining("\n"));
    } else {
      text = list(all(library, search));
    }
    OutputFile.print(call.console(), text);
    return Status.OK;
  }

  /** A way to write a page. */
  private interface Pages {
    String of(Signature signature);
  }

  private static String named(Library library, Pages pages, List<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      Problem problem = Problem.withId(name);
      if (problem != null) {
        found.add(page(problem));
        continue;
      }
      Signature function = library.functionSignature(name);
      Signature plugin = library.pluginSignature(name);
      if (function == null && plugin == null) {
        throw unknown(library, name);
      }
      Stream.of(function, plugin).filter(Objects::nonNull).map(pages::of).forEach(found::add);
    }
    return String.join("\n", found);
  }

  private static String errors() {
    StringBuilder out = new StringBuilder();
    for (Problem problem : Problem.values()) {
      out.append(out.isEmpty() ? "" : "\n").append(page(problem));
    }
    return out.toString();
  }

  private static String page(Problem problem) {
    return problem.id() + "\n  " + problem.cause() + "\n  " + problem.remedy() + "\n";
  }

  private static CommandException unknown(Library library, String name) {
    List<String> names = new ArrayList<>(library.functionNames());
    names.addAll(library.pluginNames());
    return CommandException.cannotStart("nothing is called " + name + Spelling.hint(name, names));
  }

  /** All that mention a text, functions first. */
  private static List<Signature> all(Library library, String search) {
    Stream<Signature> functions = library.functionNames().stream().map(library::functionSignature);
    Stream<Signature> plugins = library.pluginNames().stream().map(library::pluginSignature);
    return Stream.concat(functions, plugins)
        .filter(s -> (s.name() + " " + s.doc()).toLowerCase(Locale.ROOT).contains(search))
        .toList();
  }

  private static String list(List<Signature> signatures) {
    StringBuilder out = new StringBuilder();
    for (Signature signature : signatures) {
      String kind = signature.kind().name().toLowerCase(Locale.ROOT);
      out.append(String.format("%-30s %-9s %s%n", signature.name(), kind, first(signature)));
    }
    return out.toString();
  }

  private static String first(Signature signature) {
    int end = signature.doc().indexOf(". ");
    return end < 0 ? signature.doc() : signature.doc().substring(0, end + 1);
  }
}
