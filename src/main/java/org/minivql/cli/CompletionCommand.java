package org.minivql.cli;

import java.io.IOException;
import java.util.List;
import picocli.AutoComplete;

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
        List.of(Operand.one("SHELL", "One of bash, zsh and fish.")),
        List.of());
  }

  @Override
  public int run(Invocation call) throws IOException {
    String shell = call.operands().get(0);
    if (!SHELLS.contains(shell)) {
      throw CommandException.cannotStart(
          "no completion for " + shell + ": it is one of bash, zsh and fish");
    }
    String script =
        shell.equals("fish")
            ? FishScript.of(root)
            : AutoComplete.bash("vql", new picocli.CommandLine(Help.model(root, "vql")));
    OutputFile.print(call.console(), script);
    return Status.OK;
  }
}
