package org.minivql.cli.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import org.minivql.fleet.expect.FleetTests;
import org.minivql.fleet.expect.TestResult;
import org.minivql.fleet.source.FleetException;

/** {@code vql test}: whether fleets and golden pairs come out as expected. */
public final class TestCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "test",
        "Run fleets that expect something and golden pairs, and show what differs.",
        List.of(
            "A fleet is tested where it has expectations, a golden pair is NAME.in.yaml and"
                + " NAME.out.yaml. Ends with status 1 when a test fails."),
        List.of(Operand.some("PATH", "A fleet, a golden file, or a folder of such.")),
        List.of(
            Option.flag("update", "Rewrite expectations that do not hold."),
            Fleets.PASSWORD,
            Option.value("junit", "FILE", "Write a report for build servers."),
            Option.flag("quiet", 'q', "Print failures only.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String name : call.operands()) {
      Path path = call.console().path(name);
      if (!Files.exists(path)) {
        throw CommandException.cannotStart("cannot read " + name + ": no such file or directory");
      }
      paths.add(path);
    }
    List<TestResult> results = Collections.synchronizedList(new ArrayList<>());
    StringBuilder shown = new StringBuilder();
    Log log = new Log(call.console(), call.has("quiet"), false);
    Progress progress = Progress.of(log, "testing", () -> results.size() + " done");
    try (progress) {
      FleetTests.run(
          paths,
          call.value("password", ""),
          call.has("update"),
          result -> {
            results.add(result);
            Fleets.warn(result.warnings(), log);
            show(call, result, shown);
          });
    } catch (FleetException e) {
      throw CommandException.cannotStart(e.getMessage(), e);
    }
    long failed = results.stream().filter(result -> !result.passed()).count();
    shown.append(results.size()).append(results.size() == 1 ? " test, " : " tests, ");
    OutputFile.print(call.console(), shown.append(failed).append(" failed\n").toString());
    if (call.has("junit")) {
      String report = FleetTests.junit(results);
      OutputFile.write(call, "junit", out -> out.append(report));
    }
    return failed > 0 ? Status.FAILED : Status.OK;
  }

  private static void show(Invocation call, TestResult result, StringBuilder shown) {
    if (!result.passed()) {
      shown.append("FAIL ").append(result.name()).append('\n');
      for (String failure : result.failures()) {
        shown.append(failure.indent(2));
      }
    } else if (!call.has("quiet")) {
      shown.append(result.updated() ? "new  " : "ok   ").append(result.name()).append('\n');
    }
  }
}
