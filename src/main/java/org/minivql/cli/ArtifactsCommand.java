package org.minivql.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.Repository;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.OutputFile;
import org.minivql.value.regex.Regexes;

/** {@code vql artifacts}: the artifacts that are known. */
final class ArtifactsCommand implements Command {
  private static final Option DEFINITIONS =
      Option.list("definitions", "DIR", "Load the artifacts below a directory.").or('D');

  @Override
  public Spec spec() {
    return new Spec(
        "artifacts", "List, show, collect and lay out artifacts.", List.of(), List.of(), List.of());
  }

  @Override
  public List<String> subcommands() {
    return List.of("list", "show", "collect", "reformat");
  }

  @Override
  public Command subcommand(String name) {
    return switch (name) {
      case "list" -> new Listing();
      case "show" -> new Showing();
      case "collect" -> new CollectCommand();
      case "reformat" -> new ReformatCommand();
      default -> null;
    };
  }

  @Override
  public int run(Invocation call) {
    throw CommandException.cannotStart("no command given; see vql artifacts --help");
  }

  private static Repository repository(Invocation call) {
    Definitions definitions = new Definitions();
    for (String folder : call.values("definitions")) {
      definitions.addFolder(call.console(), folder);
    }
    return definitions.repository();
  }

  /** The names. */
  private static final class Listing implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "list",
          "List the names of artifacts.",
          List.of(),
          List.of(Operand.optional("REGEX", "Only names that match; letters in any case.")),
          List.of(
              DEFINITIONS,
              Option.flag("details", 'd', "Show type and description, too."),
              Option.flag("all", 'a', "List internal artifacts, too.")));
    }

    @Override
    public int run(Invocation call) throws IOException {
      Pattern pattern = pattern(call.operands().isEmpty() ? "." : call.operands().get(0));
      Repository repository = repository(call);
      StringBuilder out = new StringBuilder();
      for (String name : repository.names()) {
        Artifact artifact = pattern.matcher(name).find() ? repository.get(name) : null;
        if (artifact != null && (call.has("all") || !artifact.hidden())) {
          out.append(name).append(call.has("details") ? details(artifact) : "").append('\n');
        }
      }
      OutputFile.print(call.console(), out.toString());
      return Status.OK;
    }

    private static Pattern pattern(String regex) {
      try {
        return Regexes.compile(regex, Pattern.CASE_INSENSITIVE);
      } catch (PatternSyntaxException e) {
        throw CommandException.cannotStart("not a pattern: " + e.getMessage(), e);
      }
    }

    private static String details(Artifact artifact) {
      String first = artifact.description().lines().findFirst().orElse("");
      return "  " + artifact.type() + "  " + first;
    }
  }

  /** The definition of one. */
  private static final class Showing implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "show",
          "Show the definition of an artifact.",
          List.of(),
          List.of(Operand.one("NAME", "Its exact name.")),
          List.of(DEFINITIONS));
    }

    @Override
    public int run(Invocation call) throws IOException {
      Repository repository = repository(call);
      String name = call.operands().get(0);
      Artifact artifact = Definitions.named(repository, name);
      String text = artifact.raw();
      OutputFile.print(call.console(), text.endsWith("\n") ? text : text + "\n");
      return Status.OK;
    }
  }
}
