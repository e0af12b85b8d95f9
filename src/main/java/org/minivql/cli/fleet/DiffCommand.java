package org.minivql.cli.fleet;

import java.io.IOException;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Progress;
import org.minivql.fleet.PlanDiff;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;

/** {@code vql diff}: what another version of a rule would do differently. */
public final class DiffCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "diff",
        "Show the clients of a fleet for which two versions of a rule differ.",
        List.of("Plays the fleet with the old rule, then with the new one in its place."),
        List.of(
            Operand.one("OLD", "A file with an artifact of type SERVER_EVENT."),
            Operand.one("NEW", "A file with the artifact that replaces it.")),
        List.of(
            Fleets.FLEET,
            Fleets.PASSWORD,
            Option.choice("format", List.of("text", "json"), "For people (text) or programs."),
            Option.value("output", "FILE", "Print to a file."),
            Option.flag("exit-status", "End with status 1 when they differ.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<Artifact> rules = Fleets.rules(call.console(), call.operands());
    List<PlanDiff.Row> rows;
    Log log = new Log(call.console(), false, false);
    Progress progress = Fleets.progress(call, log);
    try (progress;
        FleetSource fleet = Fleets.open(call)) {
      rows = PlanDiff.of(fleet, rules.subList(0, 1), rules.subList(1, 2));
      Fleets.warn(fleet, log);
    } catch (FleetException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
    StringBuilder text = new StringBuilder();
    if (call.value("format", "text").equals("json")) {
      text.append(PlanDiff.json(rows));
    } else {
      PlanDiff.write(rows, text);
    }
    OutputFile.write(call, text.toString());
    return call.has("exit-status") && !rows.isEmpty() ? Status.FAILED : Status.OK;
  }
}
