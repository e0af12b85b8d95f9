package org.minivql.cli.fleet;

import java.io.IOException;
import java.util.List;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Progress;
import org.minivql.fleet.Why;
import org.minivql.fleet.WhyText;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;

/** {@code vql why}: what rules did to one client, or why they did nothing. */
public final class WhyCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "why",
        "Explain what rules did to a client of a fleet, or why they did nothing.",
        List.of(
            "Plays the fleet as plan does. For each rule and event of the client it tells which"
                + " row and line changed it, or the first condition that was false, with its"
                + " values."),
        List.of(
            Operand.one("CLIENT", "The id of the client."),
            Operand.optional("LABEL", "The label to ask about; all where none is named."),
            Operand.any("RULE", "A file with an artifact of type SERVER_EVENT.")),
        List.of(
            Fleets.FLEET,
            Fleets.PASSWORD,
            Option.choice("format", List.of("text", "json"), "For people (text) or programs."),
            Option.value("output", "FILE", "Print to a file.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<String> words = call.operands();
    boolean named = words.size() > 1 && !Definitions.isDefinition(words.get(1));
    List<String> rules = words.subList(named ? 2 : 1, words.size());
    Why.Answer answer;
    Log log = new Log(call.console(), false, false);
    Progress progress = Fleets.progress(call, log);
    try (progress;
        FleetSource fleet = Fleets.open(call)) {
      answer =
          new Why(
                  fleet,
                  Fleets.rules(call.console(), rules),
                  words.get(0),
                  named ? words.get(1) : null)
              .answer();
      Fleets.warn(fleet, log);
    } catch (FleetException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
    StringBuilder text = new StringBuilder();
    if (call.value("format", "text").equals("json")) {
      text.append(WhyText.json(answer));
    } else {
      WhyText.write(answer, text);
    }
    OutputFile.write(call, text.toString());
    return Status.OK;
  }
}
