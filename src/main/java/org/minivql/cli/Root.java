package org.minivql.cli;

import java.io.IOException;
import java.util.List;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.fleet.DiffCommand;
import org.minivql.cli.fleet.FleetCommand;
import org.minivql.cli.fleet.PlanCommand;
import org.minivql.cli.fleet.TestCommand;
import org.minivql.cli.fleet.WhyCommand;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.verify.VerifyCommand;

/** The command {@code vql} itself. */
final class Root implements Command {
  private static final List<String> COMMANDS =
      List.of(
          "query",
          "run",
          "repl",
          "plan",
          "diff",
          "why",
          "test",
          "fleet",
          "store",
          "fmt",
          "verify",
          "explain",
          "doc",
          "artifacts",
          "completion");

  @Override
  public Spec spec() {
    return new Spec(
        "vql",
        "Run VQL, and see what VQL automation would do to a fleet.",
        List.of(),
        List.of(),
        List.of(Option.flag("version", 'V', "Show the version and exit.")));
  }

  @Override
  public List<String> subcommands() {
    return COMMANDS;
  }

  @Override
  public Command subcommand(String name) {
    return switch (name) {
      case "query" -> new QueryCommand();
      case "run" -> new RunCommand();
      case "repl" -> new ReplCommand();
      case "plan" -> new PlanCommand();
      case "diff" -> new DiffCommand();
      case "why" -> new WhyCommand();
      case "test" -> new TestCommand();
      case "fleet" -> new FleetCommand();
      case "store" -> new StoreCommand();
      case "fmt" -> new FmtCommand();
      case "verify" -> new VerifyCommand();
      case "explain" -> new ExplainCommand();
      case "doc" -> new DocCommand();
      case "artifacts" -> new ArtifactsCommand();
      case "completion" -> new CompletionCommand(this);
      default -> null;
    };
  }

  @Override
  public int run(Invocation call) throws IOException {
    if (!call.has("version")) {
      throw CommandException.cannotStart("no command given; see vql --help");
    }
    String version = Root.class.getPackage().getImplementationVersion();
    String text = "vql " + (version == null ? "(not packaged)" : version) + "\n";
    OutputFile.print(call.console(), text);
    return Status.OK;
  }
}
