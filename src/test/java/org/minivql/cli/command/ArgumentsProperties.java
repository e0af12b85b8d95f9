package org.minivql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Words are taken as picocli takes them, which draws the help pages. */
class ArgumentsProperties {
  private static final Spec SPEC =
      new Spec(
          "try",
          "Try.",
          List.of(),
          List.of(Operand.one("FIRST", "One."), Operand.any("MORE", "Others.")),
          List.of(
              Option.list("env", "K=V", "What."),
              Option.list("definitions", "DIR", "Where.").or('D'),
              Option.value("output", "FILE", "Where to.").or("target"),
              Option.flag("quiet", 'q', "Say less."),
              Option.flag("verbose", 'v', "Say more.")));

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.of(
            "a",
            "b=c",
            "-",
            "--",
            "--env",
            "--env=x=1",
            "x=1",
            "--definitions",
            "-D",
            "-Dd",
            "-D=d",
            "--output",
            "--output=f",
            "--target=g",
            "-q",
            "--quiet",
            "-v",
            "-qv",
            "-qDd",
            "-qD",
            "--quiet=1",
            "--unknown",
            "-x",
            "-qx",
            "SELECT 1",
            "")
        .list()
        .ofMaxSize(6);
  }

  /** What the words mean: options with their values, and operands; null where they mean nothing. */
  private static Map<String, List<String>> ours(List<String> words) {
    try {
      Invocation call = Arguments.parse(SPEC, words, null);
      Map<String, List<String>> all = new TreeMap<>();
      all.put("", call.operands());
      for (Option option : SPEC.options()) {
        if (call.has(option.name())) {
          all.put(option.name(), option.isSwitch() ? List.of() : call.values(option.name()));
        }
      }
      return all;
    } catch (CommandException e) {
      return null;
    }
  }

  private static Map<String, List<String>> theirs(List<String> words) {
    CommandLine parser = new CommandLine(Help.model(new Declared(), "try"));
    try {
      CommandLine.ParseResult result = parser.parseArgs(words.toArray(new String[0]));
      Map<String, List<String>> all = new TreeMap<>();
      List<String> operands = new ArrayList<>();
      for (PositionalParamSpec operand : new LinkedHashSet<>(result.matchedPositionals())) {
        operands.addAll(operand.stringValues());
      }
      all.put("", operands);
      for (OptionSpec option : result.matchedOptions()) {
        String name = option.longestName().equals("--target") ? "output" : option.longestName();
        boolean isSwitch = option.arity().max() == 0;
        all.put(
            name.startsWith("--") ? name.substring(2) : name,
            isSwitch ? List.of() : List.copyOf(option.stringValues()));
      }
      return all;
    } catch (ParameterException e) {
      return null;
    }
  }

  /** The command of the declaration. */
  private static final class Declared implements Command {
    @Override
    public Spec spec() {
      return SPEC;
    }

    @Override
    public int run(Invocation call) {
      return Status.OK;
    }
  }

  /** A switch that is given twice is no mistake here. */
  private static boolean repeats(List<String> words) {
    long quiet = words.stream().filter(w -> w.startsWith("-q") || w.equals("--quiet")).count();
    long verbose = words.stream().filter(w -> w.equals("-v") || w.equals("-qv")).count();
    return quiet > 1 || verbose > 1;
  }

  @Property(tries = 3000)
  void wordsMeanWhatTheHelpSays(@ForAll("words") List<String> words) {
    if (!repeats(words)) {
      assertThat(ours(words)).as("%s", words).isEqualTo(theirs(words));
    }
  }
}
