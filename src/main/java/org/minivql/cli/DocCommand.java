package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minivql.Vql;
import org.minivql.analysis.Spelling;
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
        List.of("Without a name, lists all that there are."),
        List.of(Operand.any("NAME", "A function or plugin, or the id of an error.")),
        List.of(
            Option.choice(
                "profile",
                List.of("bare", "velociraptor"),
                "Which functions and plugins (velociraptor)."),
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
    String text =
        call.operands().isEmpty()
            ? list(library, call.value("search", "").toLowerCase(Locale.ROOT))
            : pages(library, call.operands());
    OutputFile.print(call.console(), text);
    return Status.OK;
  }

  private static String pages(Library library, List<String> names) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      Problem problem = Problem.withId(name);
      if (problem != null) {
        out.append(out.isEmpty() ? "" : "\n").append(page(problem));
        continue;
      }
      Signature function = library.functionSignature(name);
      Signature plugin = library.pluginSignature(name);
      if (function == null && plugin == null) {
        throw unknown(library, name);
      }
      for (Signature signature : new Signature[] {function, plugin}) {
        if (signature != null) {
          out.append(out.isEmpty() ? "" : "\n").append(ReferencePage.of(signature));
        }
      }
    }
    return out.toString();
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
    String near = Spelling.closest(name, names);
    String hint = near == null ? "" : "; did you mean " + near + "?";
    return CommandException.cannotStart("nothing is called " + name + hint);
  }

  private static String list(Library library, String search) {
    List<Signature> all = new ArrayList<>();
    library.functionNames().forEach(name -> all.add(library.functionSignature(name)));
    library.pluginNames().forEach(name -> all.add(library.pluginSignature(name)));
    StringBuilder out = new StringBuilder();
    for (Signature signature : all) {
      String text = signature.name() + " " + signature.doc();
      if (text.toLowerCase(Locale.ROOT).contains(search)) {
        String kind = signature.kind().name().toLowerCase(Locale.ROOT);
        out.append(String.format("%-30s %-9s %s%n", signature.name(), kind, first(signature)));
      }
    }
    return out.toString();
  }

  private static String first(Signature signature) {
    int end = signature.doc().indexOf(". ");
    return end < 0 ? signature.doc() : signature.doc().substring(0, end + 1);
  }
}
