package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.Option;

/** The completion scripts, in the shells that they are for. */
@Timeout(120)
class CompletionTest {
  /** Completes a line as bash does: asks the function that the script registered. */
  private static final String ASK =
      """
      . ./script
      COMP_LINE=$1 COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#1}
      [[ $1 != *' ' ]] || { COMP_WORDS+=(''); ((++COMP_CWORD)); }
      _vql vql "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("script"), Run.of("completion", "bash").out());
    Files.writeString(directory.resolve("script.fish"), Run.of("completion", "fish").out());
    Files.writeString(directory.resolve("ask"), ASK);
    Files.writeString(directory.resolve("rule.vql"), "");
  }

  private String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void assumeInstalled(String shell) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, shell)));
    assumeTrue(found, shell + " is not installed");
  }

  private List<String> inBash(String line) throws IOException {
    return output("bash", "ask", line).lines().filter(found -> !found.isEmpty()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'vql que'                     | query",
        "'vql fleet '                  | init import show check",
        "'vql help fleet s'            | show",
        "'vql --debug fleet s'         | show",
        "'vql query --fo'              | --format",
        "'vql query --format '         | json jsonl csv table",
        "'vql query X --format j'      | json jsonl",
        "'vql query --format = j'      | json jsonl",
        "'vql query --format ='        | json jsonl csv table",
        "'vql query --format=c'        | --format=csv",
        "'vql verify --format s'       | sarif",
        "'vql artifacts list -'        | --definitions -D --details -d --all -a --help -h --debug",
        "'vql completion '             | bash zsh fish",
        "'vql run ru'                  |",
        "'vql run --format json ru'    |",
        "'vql query --output '         |",
        "'vql run fleet '              |"
      })
  void bashIsToldWhatFits(String line, String expected) throws IOException {
    assumeInstalled("bash");
    List<String> words = expected == null ? List.of() : List.of(expected.split(" "));
    assertThat(inBash(line)).isEqualTo(words);
  }

  @TestFactory
  List<DynamicTest> everyCommandAndOptionIsCompleted() {
    List<DynamicTest> tests = new ArrayList<>();
    collect(new Root(), "vql ", tests);
    return tests;
  }

  private void collect(Command command, String line, List<DynamicTest> tests) {
    List<String> options = new ArrayList<>();
    for (Option option : command.spec().allOptions()) {
      options.add("--" + option.name());
    }
    tests.add(
        DynamicTest.dynamicTest(
            line,
            () -> {
              assumeInstalled("bash");
              assertThat(inBash(line + "--")).isEqualTo(options);
              if (!command.subcommands().isEmpty()) {
                assertThat(inBash(line)).isEqualTo(command.subcommands());
              }
            }));
    for (String name : command.subcommands()) {
      collect(command.subcommand(name), line + name + " ", tests);
    }
  }

  /** Types a line and Tab into an interactive shell. */
  private void inTerminal(String shell, String setup) throws IOException {
    assumeTrue(Tmux.isInstalled(), "tmux is not installed");
    assumeInstalled(shell);
    Path script = directory.resolve("start.sh");
    Files.writeString(script, "cd " + Tmux.quote(directory) + "; exec " + setup + "\n");
    try (Tmux terminal = new Tmux(directory, script)) {
      terminal.type(". ./script; echo re''ady", "Enter");
      terminal.await("\nready\n");
      terminal.type("vql veri", "Tab", "ru", "Tab", " --format=sa", "Tab");
      terminal.await("vql verify rule.vql  --format=sarif");
    }
  }

  @Test
  void bashCompletesWhatIsTyped() throws IOException {
    inTerminal("bash", "bash --norc --noprofile -i");
  }

  @Test
  void zshCompletesWhatIsTyped() throws IOException {
    inTerminal("zsh", "zsh -f -i");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'vql que'              | query",
        "'vql fleet s'          | show",
        "'vql query --format='  | --format=csv --format=json --format=jsonl --format=table",
        "'vql query --format c' | csv",
        "'vql query --from'     | --from-files",
        "'vql completion z'     | zsh",
        "'vql run ru'           | rule.vql"
      })
  void fishIsToldWhatFits(String line, String expected) throws IOException {
    assumeInstalled("fish");
    String shown =
        output("fish", "--no-config", "-c", "source script.fish; complete -C " + Tmux.quote(line));
    assertThat(shown.lines().map(found -> found.split("\t")[0]))
        .containsExactlyInAnyOrder(expected.split(" "));
  }

  @Test
  void theScriptForFishHasALineForEveryWord() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("script.fish"));
    assertThat(lines).allMatch(line -> line.matches("complete -c vql -n '[^']+' -[fl].* -d '.+'"));
    assertThat(lines)
        .contains(
            "complete -c vql -n '__fish_seen_subcommand_from fleet; and not"
                + " __fish_seen_subcommand_from init import show check' -f -a 'show' -d 'Show what"
                + " a fleet holds, in numbers.'");
  }
}
