package org.minivql.cli.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.minivql.LogLine;
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
import org.minivql.fleet.DryRun;
import org.minivql.fleet.PlanText;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;

/** {@code vql plan}: what rules would change in a fleet, and why. */
public final class PlanCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "plan",
        "Show what rules would change in a fleet, and why; nothing is changed.",
        List.of(
            "Plays the recorded fleet with the rules installed, beside those of the fleet's own"
                + " table. Prints each change with its rule and event, then the rules, the counts"
                + " and warnings. Ends with status 1 when something failed in a rule, or rules trigger"
                + " each other without end."),
        List.of(Operand.any("RULE", "A file with an artifact of type SERVER_EVENT.")),
        List.of(
            Fleets.FLEET,
            Fleets.PASSWORD,
            Option.choice("format", List.of("text", "json"), "For people (text) or programs."),
            Option.value("output", "FILE", "Print to a file."),
            Option.flag("quiet", 'q', "Log errors only.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    Log log = new Log(call.console(), call.has("quiet"), false);
    Plan plan;
    long start = System.nanoTime();
    Progress progress = Fleets.progress(call, log);
    try (progress;
        FleetSource fleet = Fleets.open(call)) {
      plan = new DryRun(fleet, Fleets.rules(call.console(), call.operands())).plan();
      Fleets.warn(fleet, log);
    } catch (FleetException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean json = call.value("format", "text").equals("json");
    int width = call.has("output") ? 0 : call.console().width();
    OutputFile.write(
        call,
        out -> {
          if (json) {
            PlanJson.write(plan, out);
          } else {
            PlanText.write(plan, out, width);
          }
        });
    if (seconds >= 1) {
      log.line(LogLine.of(speed(plan.events(), seconds)));
    }
    return plan.failed() ? Status.FAILED : Status.OK;
  }

  private static String speed(long events, double seconds) {
    return String.format(
        Locale.ROOT, "%d events in %.1f s, %.0f events/s", events, seconds, events / seconds);
  }
}
