package org.minivql.cli;

import java.io.IOException;
import java.util.List;
import org.minivql.cli.command.BashScript;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.FishScript;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.io.OutputFile;

/** {@code vql completion}: a script that teaches a shell the commands and options. */
final class CompletionCommand implements Command {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Command root;

  CompletionCommand(Command root) {
    this.root = root;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "completion",
        "Print a completion script for a shell.",
        List.of(
            "bash and zsh: source <(vql completion bash)",
            "fish: vql completion fish > ~/.config/fish/completions/vql.fish"),
        List.of(Operand.choice("SHELL", SHELLS, "One of bash, zsh and fish.")),
        List.of());
  }

  @Override
  public int run(Invocation call) throws IOException {
    boolean isFish = call.operands().get(0).equals("fish");
    String script = isFish ? FishScript.of(root) : BashScript.of(root);
    OutputFile.print(call.console(), script);
    return Status.OK;
  }
}
