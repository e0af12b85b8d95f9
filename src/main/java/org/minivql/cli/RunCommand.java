package org.minivql.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
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
import org.minivql.cli.fleet.Fleets;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.Source;
import org.minivql.fleet.FleetStage;
import org.minivql.fleet.play.Catalogue;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Principal;
import org.minivql.registry.store.DurableStore;
import org.minivql.registry.store.StoreException;
import org.minivql.spi.Delegation;
import org.minivql.spi.FileStore;
import org.minivql.spi.Permissions;
import org.minivql.spi.Warnings;

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
        options());
  }

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(ProgramRun.options());
    options.add(
        Option.value(
            "fleet",
            "DIR",
            "Run on a recorded fleet: what is recorded happens while the programs listen for"
                + " events. Changes stay in memory, but for those that --store keeps; effects are"
                + " recorded, not done."));
    options.add(Fleets.PASSWORD);
    options.add(
        Option.value(
            "store",
            "DIR",
            "Run on the clients of a store; changes stay there. With --fleet, changes of client"
                + " records, labels and metadata do: what the store has of a client counts, the"
                + " fleet gives what it has not."));
    return options;
  }

  @Override
  public int run(Invocation call) throws IOException {
    Definitions definitions = new Definitions();
    List<Artifact> artifacts = new ArrayList<>();
    List<Source> sources = new ArrayList<>();
    for (Source file : Source.of(call, true)) {
      if (Definitions.isDefinition(file.name())) {
        Artifact artifact = definitions.add(file.name(), file.text());
        artifacts.add(artifact);
        sources.add(new Source(file.name(), calling(artifact, call)));
      } else {
        sources.add(file);
      }
    }
    if (!call.has("fleet")) {
      return call.has("store")
          ? onStore(call, definitions, sources)
          : new ProgramRun(call, EngineOptions.engine(call, definitions)).run(sources);
    }
    for (String folder : call.values("definitions")) {
      artifacts.addAll(definitions.addFolder(call.console(), folder));
    }
    try (FleetSource fleet = Fleets.open(call)) {
      if (!call.has("store")) {
        return onFleet(call, fleet, new FleetStage(fleet, artifacts), sources);
      }
      try (DurableStore store = store(call)) {
        return onFleet(call, fleet, FleetStage.keeping(fleet, artifacts, store), sources);
      }
    } catch (FleetException | StoreException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
  }

  private static DurableStore store(Invocation call) {
    return DurableStore.open(call.console().path(call.value("store", "")));
  }

  private static int onFleet(
      Invocation call, FleetSource fleet, FleetStage opened, List<Source> sources)
      throws IOException {
    int status;
    Log log = new Log(call.console(), call.has("quiet"), false);
    try (FleetStage stage = opened) {
      status = new ProgramRun(call, stage).run(sources);
      Fleets.tell(stage.warnings(), log);
      Fleets.warn(fleet, log);
    }
    return status;
  }

  private static int onStore(Invocation call, Definitions definitions, List<Source> sources)
      throws IOException {
    try (DurableStore store = store(call)) {
      ServerModel model =
          ServerModel.builder(Clock.systemUTC())
              .store(store)
              .artifacts(new Catalogue(definitions.repository()))
              .build();
      Vql vql =
          EngineOptions.builder(call, definitions)
              .service(ServerModel.class, model)
              .service(Principal.class, Principal.superuser())
              .service(Delegation.class, model.orgs())
              .service(FileStore.class, model.files())
              .service(ArtifactCalls.ServerMetadata.class, model.metadata()::ofServer)
              .service(Permissions.class, Access.permissions(model))
              .service(
                  Warnings.class,
                  (scope, id, message) -> model.quirks().warn(id, null, null, message))
              .build();
      try {
        int status = new ProgramRun(call, vql).run(sources);
        Log log = new Log(call.console(), call.has("quiet"), false);
        Fleets.tell(model.quirks().warnings(), log);
        return status;
      } finally {
        model.close();
      }
    } catch (StoreException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
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
