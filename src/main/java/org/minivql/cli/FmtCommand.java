package org.minivql.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Source;
import org.minivql.syntax.Formatter;
import org.minivql.syntax.SyntaxError;
import org.minivql.syntax.SyntaxException;
import org.minivql.value.Bytes;

/** {@code vql fmt}: lays programs out. */
final class FmtCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "fmt",
        "Lay VQL programs out; statements and comments stay the same.",
        List.of("Prints the result unless told to write or check."),
        List.of(Operand.some("FILE", "A program; - reads standard input.")),
        List.of(
            Option.flag("write", 'w', "Write the result back to the files."),
            Option.flag(
                "check",
                'c',
                "Print the names of files that would change, and end with status 1 if any.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    if (call.has("write") && call.operands().contains("-")) {
      throw CommandException.cannotStart("--write needs files, not standard input");
    }
    List<Source> sources = Source.of(call, true);
    List<String> formatted = sources.stream().map(FmtCommand::format).toList();
    int status = Status.OK;
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      String text = formatted.get(i);
      boolean changed = !text.equals(source.text());
      if (call.has("check")) {
        if (changed) {
          OutputFile.print(call.console(), source.name() + "\n");
          status = Status.FAILED;
        }
      } else if (!call.has("write")) {
        OutputFile.print(call.console(), text);
      }
      if (call.has("write") && changed) {
        Files.write(call.console().path(source.name()), Bytes.encode(text));
      }
    }
    return status;
  }

  private static String format(Source source) {
    if (Definitions.isDefinition(source.name())) {
      throw CommandException.cannotStart(
          "unexpected artifact " + source.name() + ": vql artifacts reformat lays it out");
    }
    try {
      return Formatter.format(source.text()).stripTrailing() + "\n";
    } catch (SyntaxException e) {
      StringBuilder text = new StringBuilder();
      for (SyntaxError error : e.errors()) {
        text.append(text.isEmpty() ? "" : "\n").append(source.name()).append(':');
        text.append(error.text());
      }
      throw CommandException.cannotStart(text.toString(), e);
    }
  }
}
