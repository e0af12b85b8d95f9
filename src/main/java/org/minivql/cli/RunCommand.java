package org.minivql.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactParameter;

/** {@code vql run}: runs programs and artifacts from files. */
final class RunCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "run",
        "Run VQL programs or the sources of artifacts and print their rows.",
        List.of(
            "A file that ends in .yaml is an artifact: its parameters are given with --env and"
                + " --arg-json. Any other file is a program. All files share one scope."),
        List.of(
            Operand.some("FILE", "A program or artifact; - reads a program from standard input.")),
        ProgramRun.options());
  }

  @Override
  public int run(Invocation call) throws IOException {
    Definitions definitions = new Definitions();
    List<Source> sources = new ArrayList<>();
    for (Source file : Source.of(call, true)) {
      sources.add(
          Definitions.isDefinition(file.name())
              ? new Source(file.name(), calling(definitions.add(file.name(), file.text()), call))
              : file);
    }
    Vql vql = EngineOptions.engine(call, definitions);
    return new ProgramRun(call, vql).run(sources);
  }

  /** A program that calls the artifact with those of its parameters that were given. */
  private static String calling(Artifact artifact, Invocation call) {
    List<String> given = new ArrayList<>();
    for (ArtifactParameter parameter : artifact.parameters()) {
      String name = parameter.name();
      boolean isGiven = Variables.of(call).containsKey(name);
      if (isGiven) {
        given.add("`" + name + "`=`" + name + "`");
      }
    }
    return "SELECT * FROM Artifact." + artifact.name() + "(" + String.join(", ", given) + ")";
  }
}
