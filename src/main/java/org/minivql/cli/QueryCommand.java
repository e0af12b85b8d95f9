package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.engine.EngineOptions;
import org.minivql.cli.engine.ProgramRun;
import org.minivql.cli.io.Source;

/** {@code vql query}: runs the VQL on the command line. */
final class QueryCommand implements Command {
  @Override
  public Spec spec() {
    List<Option> options = new ArrayList<>();
    options.add(Option.flag("from-files", 'f', "The arguments are names of files."));
    options.addAll(ProgramRun.options());
    return new Spec(
        "query",
        "Run VQL given on the command line and print its rows.",
        List.of(
            "Several texts share one scope. Rows go to standard output: json prints an array for"
                + " each SELECT, jsonl an object a line. The log goes to standard error."),
        List.of(Operand.some("QUERY", "VQL with one or more statements; - reads standard input.")),
        options);
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<Source> sources = Source.of(call, call.has("from-files"));
    return new ProgramRun(call, EngineOptions.engine(call, new Definitions())).run(sources);
  }
}
