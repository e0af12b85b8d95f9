package org.minivql.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Reformatter;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.InputFiles;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Source;
import org.minivql.value.Bytes;

/** {@code vql artifacts reformat}: lays out the queries in definitions. */
final class ReformatCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "reformat",
        "Lay out the queries in definitions; the rest of the files stays the same.",
        List.of("Rewrites the files that change and prints their names."),
        List.of(Operand.some("PATH", "A definition (.yaml), or a folder with definitions.")),
        List.of(Option.flag("dry", "Print the result and write nothing.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<Source> files = InputFiles.below(call.console(), call.operands(), Definitions::mayDefine);
    List<String> results = files.stream().map(ReformatCommand::reformat).toList();
    for (int i = 0; i < files.size(); i++) {
      Source file = files.get(i);
      if (call.has("dry")) {
        OutputFile.print(call.console(), results.get(i));
      } else if (!results.get(i).equals(file.text())) {
        Files.write(call.console().path(file.name()), Bytes.encode(results.get(i)));
        OutputFile.print(call.console(), file.name() + "\n");
      }
    }
    return Status.OK;
  }

  private static String reformat(Source file) {
    try {
      return Reformatter.reformat(file.text()) + "\n";
    } catch (ArtifactException e) {
      throw Definitions.wrong(file.name(), file.text(), e);
    }
  }
}
