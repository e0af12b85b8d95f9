package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Help;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;

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

  @Test
  void whatEveryCommandTakesMayStandBeforeIt() {
    assertThat(Run.of("--debug", "completion", "tcsh").err()).contains("\tat org.minivql.cli");
    assertThat(Run.of("--help", "fleet", "show")).isEqualTo(Run.of("fleet", "show", "--help"));
    assertThat(Run.of("fleet", "help", "show")).isEqualTo(Run.of("help", "fleet", "show"));
    assertThat(Run.of("--format", "csv", "query", "SELECT 1 FROM scope()").err())
        .isEqualTo("vql: unexpected --format: options follow the command [E-USAGE]\n");
    assertThat(Run.of("--formt", "csv", "query").err())
        .isEqualTo("vql: unknown option --formt [E-USAGE]\n");
  }

  @Test
  void aTextOrFileWithoutACommandIsPointedToOne() {
    assertThat(Run.of("SELECT 1 FROM scope()").err())
        .endsWith("; a text is run by vql query [E-USAGE]\n");
    assertThat(Run.of("queries/label-servers.vql").err())
        .endsWith("; a file is run by vql run [E-USAGE]\n");
    assertThat(Run.of("nonsense").err()).endsWith("; see --help [E-USAGE]\n");
  }

  @Test
  void anEmptyNameIsNoFile() {
    for (String command : List.of("run", "verify", "fmt")) {
      assertThat(Run.of(command, ""))
          .isEqualTo(new Run(2, "", "vql: missing the name of a file: it is empty [E-USAGE]\n"));
    }
    assertThat(Run.of("query", "--output", "", "SELECT 1 FROM scope()"))
        .isEqualTo(new Run(2, "", "vql: missing the name of a file: it is empty [E-USAGE]\n"));
  }

  @Test
  void helpIsAsWideAsTheTerminal() {
    Command query = new QueryCommand();
    for (int columns : new int[] {60, 80, 96}) {
      assertThat(Help.page(query, "vql query", columns).lines())
          .allMatch(line -> line.length() <= columns);
    }
    assertThat(Help.page(query, "vql query", 20)).isEqualTo(Help.page(query, "vql query", 55));
    assertThat(Help.page(query, "vql query", 300)).isEqualTo(Help.page(query, "vql query", 0));
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
