package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minivql.Vql;
import org.minivql.analysis.Spelling;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactParameter;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.engine.EngineOptions;
import org.minivql.cli.engine.ProgramRun;
import org.minivql.cli.engine.Variables;
import org.minivql.cli.io.Source;
import org.minivql.spi.Effects;
import org.minivql.syntax.Literals;

/** {@code vql artifacts collect}: runs artifacts here and prints their rows. */
final class CollectCommand implements Command {
  @Override
  public Spec spec() {
    List<Option> options = new ArrayList<>();
    options.add(Option.list("args", "NAME=VALUE", "Set a parameter of the artifacts."));
    options.addAll(ProgramRun.options());
    return new Spec(
        "collect",
        "Run artifacts here and print the rows of their sources.",
        List.of(
            "Each row says in _Source which source it is from. Sources whose precondition does not"
                + " hold here give none.",
            "With an --output that ends with .zip, rows, uploads and log go into an archive as an"
                + " offline collector makes it."),
        List.of(Operand.some("NAME", "The exact name of an artifact.")),
        options);
  }

  @Override
  public int run(Invocation call) throws IOException {
    Definitions definitions = new Definitions();
    String output = call.value("output", "");
    String archive =
        output.toLowerCase(Locale.ROOT).endsWith(".zip")
            ? call.console().path(output).toAbsolutePath().toString()
            : "";
    Vql vql =
        EngineOptions.builder(call, definitions)
            .service(Effects.class, effects(call, archive))
            .build();
    List<Artifact> artifacts = new ArrayList<>();
    for (String name : call.operands()) {
      artifacts.add(Definitions.named(definitions.repository(), name));
    }
    ProgramRun run =
        archive.isEmpty() ? new ProgramRun(call, vql) : ProgramRun.onConsole(call, vql);
    return run.run(List.of(new Source("query", program(artifacts, call, archive))));
  }

  /** Who names an archive wants it written. */
  private static Effects effects(Invocation call, String archive) {
    Effects others = EngineOptions.effects(call);
    return effect ->
        effect.builtin().equals("collect") && effect.target().equals(archive)
            ? Effects.Decision.ALLOW
            : others.decide(effect);
  }

  private static String program(List<Artifact> artifacts, Invocation call, String archive) {
    Map<String, String> given = Variables.texts(call, "args");
    List<String> parameters = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> dicts = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      names.add(Literals.quote(artifact.name()));
      Map<String, String> own = new LinkedHashMap<>(given);
      List<String> declared = artifact.parameters().stream().map(ArtifactParameter::name).toList();
      own.keySet().retainAll(declared);
      parameters.addAll(declared);
      dicts.add("`" + artifact.name() + "`=dict(" + dict(own) + ")");
    }
    for (String name : given.keySet()) {
      if (!parameters.contains(name)) {
        throw CommandException.cannotStart(
            "--args: no parameter is called " + name + Spelling.hint(name, parameters));
      }
    }
    return "SELECT * FROM collect(artifacts=["
        + String.join(", ", names)
        + "], args=dict("
        + String.join(", ", dicts)
        + ")"
        + (archive.isEmpty() ? "" : ", output=" + Literals.quote(archive))
        + ")";
  }

  private static String dict(Map<String, String> values) {
    List<String> members = new ArrayList<>();
    values.forEach((name, value) -> members.add("`" + name + "`=" + Literals.quote(value)));
    return String.join(", ", members);
  }
}
