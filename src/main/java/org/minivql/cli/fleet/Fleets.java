package org.minivql.cli.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Console;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Option;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.InputFiles;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.Progress;
import org.minivql.fleet.PlanText;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.event.Quirks;

/** Opens the fleets and rules that a command line names. */
public final class Fleets {
  static final Option FLEET = Option.value("fleet", "DIR", "The fleet (required).");

  public static final Option PASSWORD =
      Option.value("password", "TEXT", "Opens encrypted archives of collectors.");

  private Fleets() {}

  /** The fleet of {@code --fleet}. */
  public static FleetSource open(Invocation call) {
    if (!call.has("fleet")) {
      throw CommandException.cannotStart("--fleet DIR is missing");
    }
    return open(call, call.value("fleet", ""));
  }

  /** A fleet in a folder. */
  public static FleetSource open(Invocation call, String name) {
    Path folder = call.console().path(name);
    if (!Files.exists(folder)) {
      throw CommandException.cannotStart("cannot read " + name + ": no such file or directory");
    }
    try {
      return org.minivql.fleet.Fleets.open(folder, call.value("password", ""));
    } catch (FleetException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
  }

  /** Tells that the fleet of {@code --fleet} is being played. */
  static Progress progress(Invocation call, Log log) {
    return Progress.of(log, "playing " + call.value("fleet", ""));
  }

  /** The artifacts in files. */
  static List<Artifact> rules(Console console, List<String> files) {
    List<Artifact> rules = new ArrayList<>();
    for (String file : files) {
      rules.add(Definitions.parse(file, InputFiles.text(console, file)));
    }
    return rules;
  }

  /** Tells what was left out while the fleet was read. */
  public static void warn(FleetSource fleet, Log log) {
    warn(fleet.problems(), log);
  }

  /** Tells what was met of the server's behaviour that an author may not expect, once each. */
  public static void tell(List<Quirks.Warning> warnings, Log log) {
    warn(warnings.stream().map(PlanText::warning).toList(), log);
  }

  /** Tells what was left out. */
  public static void warn(List<String> problems, Log log) {
    for (String problem : problems) {
      log.line(org.minivql.LogLine.of("WARN:" + problem));
    }
  }
}
