package org.minivql.cli;

import java.io.IOException;
import java.util.List;
import org.minivql.fleet.FleetException;
import org.minivql.fleet.FleetSource;

/** {@code vql fleet}: what a fleet holds and whether it can be used. */
final class FleetCommand implements Command {
  private static final Operand DIRECTORY = Operand.one("DIR", "The folder of the fleet.");

  @Override
  public Spec spec() {
    return new Spec("fleet", "Look at a fleet.", List.of(), List.of(), List.of());
  }

  @Override
  public List<String> subcommands() {
    return List.of("show", "check");
  }

  @Override
  public Command subcommand(String name) {
    return switch (name) {
      case "show" -> new Reading("show", "Show what a fleet holds.");
      case "check" -> new Reading("check", "Read everything in a fleet and report problems.");
      default -> null;
    };
  }

  @Override
  public int run(Invocation call) {
    throw CommandException.cannotStart("no command given; see vql fleet --help");
  }

  /** Reads a fleet from end to end: what cannot be used is an error with its place. */
  private record Reading(String name, String summary) implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          name,
          summary,
          List.of("A damaged fleet ends with status 2 and the place of the damage."),
          List.of(DIRECTORY),
          List.of());
    }

    @Override
    public int run(Invocation call) throws IOException {
      String report;
      boolean clean;
      try (FleetSource fleet = Fleets.open(call, call.operands().get(0))) {
        report = counts(fleet);
        clean = fleet.problems().isEmpty();
        Fleets.warn(fleet, new Log(call.console(), false, false));
      } catch (FleetException e) {
        throw CommandException.cannotStart(e.getMessage(), e);
      }
      boolean isCheck = name.equals("check");
      OutputFile.print(call.console(), isCheck ? (clean ? "ok\n" : "") : report);
      return isCheck && !clean ? Status.FAILED : Status.OK;
    }

    private static String counts(FleetSource fleet) {
      long[] n = new long[4];
      fleet.clients(client -> n[0]++);
      fleet.metadata(metadata -> n[1]++);
      fleet.hunts(hunt -> n[2]++);
      boolean scripted = fleet.script(step -> n[3]++);
      StringBuilder out = new StringBuilder();
      line(out, "name", fleet.name());
      line(out, "clock start", fleet.config().clockStart());
      line(out, "clients", n[0]);
      line(out, "with metadata", n[1]);
      line(out, "hunts", n[2]);
      line(out, "flows", fleet.completions().size());
      line(out, "artifacts", fleet.artifacts().size());
      Object rules = fleet.serverTable() == null ? null : fleet.serverTable().get("artifacts");
      line(out, "rules", rules instanceof List<?> names ? names.size() : 0);
      line(out, "script", scripted ? n[3] + " steps" : "every flow completes");
      line(out, "expectations", fleet.expectations().isEmpty() ? "none" : "yes");
      return out.toString();
    }

    private static void line(StringBuilder out, String what, Object value) {
      out.append(String.format("%-14s %s%n", what, value));
    }
  }
}
