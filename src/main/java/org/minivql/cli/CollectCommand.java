package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.Vql;
import org.minivql.analysis.Spelling;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactParameter;
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
                + " hold here give none."),
        List.of(Operand.some("NAME", "The exact name of an artifact.")),
        options);
  }

  @Override
  public int run(Invocation call) throws IOException {
    Definitions definitions = new Definitions();
    Vql vql = EngineOptions.engine(call, definitions);
    List<Artifact> artifacts = new ArrayList<>();
    for (String name : call.operands()) {
      artifacts.add(Definitions.named(definitions.repository(), name));
    }
    return new ProgramRun(call, vql).run(List.of(new Source("query", program(artifacts, call))));
  }

  private static String program(List<Artifact> artifacts, Invocation call) {
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
        + "))";
  }

  private static String dict(Map<String, String> values) {
    List<String> members = new ArrayList<>();
    values.forEach((name, value) -> members.add("`" + name + "`=" + Literals.quote(value)));
    return String.join(", ", members);
  }
}
