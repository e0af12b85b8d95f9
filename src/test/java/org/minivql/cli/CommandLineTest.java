package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CommandLineTest {
  @Test
  void anUnknownCommandIsOneSentence() {
    Run run = Run.of("compltion");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo("vql: unknown command compltion; did you mean completion? [E-USAGE]\n");
  }

  @Test
  void noCommandPointsToTheHelp() {
    assertThat(Run.of())
        .isEqualTo(new Run(2, "", "vql: no command given; see vql --help [E-USAGE]\n"));
  }

  @TestFactory
  List<DynamicTest> everyHelpPageNamesWhatTheCommandTakes() {
    List<DynamicTest> tests = new ArrayList<>();
    collect(new Root(), List.of(), tests);
    return tests;
  }

  private static void collect(Command command, List<String> path, List<DynamicTest> tests) {
    tests.add(DynamicTest.dynamicTest("vql " + String.join(" ", path), () -> check(command, path)));
    for (String name : command.subcommands()) {
      List<String> below = new ArrayList<>(path);
      below.add(name);
      Command subcommand = command.subcommand(name);
      assertThat(subcommand).as(name).isNotNull();
      assertThat(subcommand.spec().name()).isEqualTo(name);
      collect(subcommand, below, tests);
    }
  }

  private static void check(Command command, List<String> path) {
    List<String> words = new ArrayList<>(path);
    words.add("--help");
    Run run = Run.of(words.toArray(new String[0]));

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Exit status:").contains(command.spec().summary());
    command.subcommands().forEach(name -> assertThat(run.out()).contains(name));
    for (Option option : command.spec().allOptions()) {
      assertThat(run.out()).contains("--" + option.name());
    }
    for (Operand operand : command.spec().operands()) {
      assertThat(run.out()).contains(operand.label());
    }
  }

  @Test
  void completionScriptsKnowEveryCommand() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      Run run = Run.of("completion", shell);
      assertThat(run.status()).isZero();
      new Root().subcommands().forEach(name -> assertThat(run.out()).contains(name));
    }
    assertThat(Run.of("completion", "tcsh").status()).isEqualTo(2);
  }

  @Test
  void aStackTraceIsShownOnlyWhenAskedFor() {
    assertThat(Run.of("completion", "tcsh").err().lines()).hasSize(1);
    assertThat(Run.of("completion", "tcsh", "--debug").err()).contains("\tat org.minivql.cli");
  }
}
