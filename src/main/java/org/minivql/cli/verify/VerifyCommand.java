package org.minivql.cli.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.Vql;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.engine.EngineOptions;
import org.minivql.cli.io.InputFiles;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;
import org.minivql.cli.io.Source;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** {@code vql verify}: checks programs and artifacts without running them. */
public final class VerifyCommand implements Command {
  @Override
  public Spec spec() {
    return new Spec(
        "verify",
        "Check programs and artifacts without running them.",
        List.of(
            "Reports syntax errors, unknown plugins, functions, arguments and artifacts, missing"
                + " arguments, wrong types, unused definitions and traps of server automation."
                + " Ends with status 1 when there are errors; warnings do not count.",
            "With --coverage, counts the artifacts that call only functions and plugins that there"
                + " are, and lists the names that the others lack."),
        List.of(
            Operand.some(
                "PATH", "A program (.vql), an artifact (.yaml), or a folder with such files.")),
        List.of(
            Option.choice(
                "format", List.of("text", "json", "sarif"), "How findings are printed (text)."),
            Option.flag("coverage", "Count what artifacts lack, also those in JSON lines."),
            Option.value("output", "FILE", "Print findings to a file."),
            Option.list("definitions", "DIR", "Know the artifacts below a directory.").or('D'),
            Option.choice(
                "profile",
                List.of("bare", "velociraptor"),
                "Which functions and plugins there are (velociraptor)."),
            Option.flag("quiet", 'q', "Do not print the count.")));
  }

  @Override
  public int run(Invocation call) throws IOException {
    Definitions definitions = new Definitions();
    Vql vql = EngineOptions.engine(call, definitions);
    if (call.has("coverage")) {
      return coverage(call, vql);
    }
    List<Source> files = files(call, VerifyCommand::isChecked);
    List<Verification.Located> found =
        new Verification(vql.library(), definitions.repository()).check(files);
    OutputFile.write(
        call,
        switch (call.value("format", "text")) {
          case "json" -> json(found);
          case "sarif" -> Sarif.of(found);
          default -> text(found);
        });
    long errors = found.stream().filter(f -> level(f).equals("error")).count();
    if (!call.has("quiet")) {
      new Log(call.console(), false, false)
          .note(
              count(errors, "error")
                  + " and "
                  + count(found.size() - errors, "warning")
                  + " in "
                  + count(files.size(), "file"));
    }
    return errors > 0 ? Status.FAILED : Status.OK;
  }

  private static int coverage(Invocation call, Vql vql) throws IOException {
    Coverage coverage = new Coverage(vql.library());
    coverage.read(files(call, VerifyCommand::isCounted));
    OutputFile.write(
        call, call.value("format", "text").equals("json") ? coverage.json() : coverage.text());
    Log log = new Log(call.console(), false, false);
    coverage.problems().forEach(log::note);
    return Status.OK;
  }

  private static List<Source> files(Invocation call, Predicate<Path> wanted) {
    return InputFiles.below(call.console(), call.operands(), wanted);
  }

  private static boolean isChecked(Path file) {
    return file.toString().endsWith(".vql") || Definitions.mayDefine(file);
  }

  private static boolean isCounted(Path file) {
    return file.toString().endsWith(".jsonl") || Definitions.mayDefine(file);
  }

  private static String level(Verification.Located located) {
    return Sarif.level(located.finding().rule());
  }

  private static String text(List<Verification.Located> found) {
    StringBuilder out = new StringBuilder();
    for (Verification.Located f : found) {
      out.append(f.file()).append(':').append(f.line()).append(':').append(f.column());
      out.append(": ").append(level(f)).append(": ").append(f.finding().message());
      out.append(" [").append(f.finding().rule().id()).append("]\n");
    }
    return out.toString();
  }

  private static String json(List<Verification.Located> found) {
    List<Dict> list = new ArrayList<>();
    for (Verification.Located f : found) {
      list.add(
          Dict.of(
              "file",
              f.file(),
              "line",
              (long) f.line(),
              "column",
              (long) f.column(),
              "rule",
              f.finding().rule().id(),
              "severity",
              level(f),
              "message",
              f.finding().message()));
    }
    return Json.indented(list) + "\n";
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
