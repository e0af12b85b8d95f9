package org.minivql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Spec SPEC =
      new Spec(
          "try",
          "Try.",
          List.of(),
          List.of(Operand.one("FIRST", "One."), Operand.optional("SECOND", "Another.")),
          List.of(
              Option.choice("format", List.of("json", "csv"), "How."),
              Option.list("env", "K=V", "What."),
              Option.flag("from-files", 'f', "From where."),
              Option.value("max-rows", "N", "How many.")));

  private static Invocation parse(String... words) {
    return Arguments.parse(SPEC, List.of(words), null);
  }

  private static void refused(String message, String... words) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(CommandException.class)
        .hasMessage(message)
        .extracting(e -> ((CommandException) e).status())
        .isEqualTo(Status.CANNOT_START);
  }

  @Test
  void takesOptionsAndOperandsInAnyOrder() {
    Invocation call = parse("a", "--env", "x=1", "-f", "--format=csv", "b", "--env=y=2");

    assertThat(call.operands()).containsExactly("a", "b");
    assertThat(call.values("env")).containsExactly("x=1", "y=2");
    assertThat(call.has("from-files")).isTrue();
    assertThat(call.value("format", "json")).isEqualTo("csv");
  }

  @Test
  void underscoresAreDashes() {
    Invocation call = parse("a", "--from_files", "--max_rows=3");

    assertThat(call.has("from-files")).isTrue();
    assertThat(call.number("max-rows", 0)).isEqualTo(3);
  }

  @Test
  void aQueryThatBeginsWithACommentIsNoOption() {
    assertThat(parse("-- all\nSELECT * FROM info()").operands()).hasSize(1);
    assertThat(parse("--all--\nSELECT").operands()).hasSize(1);
    assertThat(parse("-1").operands()).containsExactly("-1");
    assertThat(parse("--", "--format").operands()).containsExactly("--format");
  }

  @Test
  void saysWhatIsWrong() {
    refused("unknown option --fromat; did you mean --format?", "a", "--fromat", "csv");
    refused("unknown option --qqqqqq", "a", "--qqqqqq");
    refused("unknown option -x", "a", "-x");
    refused("--format is one of json or csv, not 'xml'", "a", "--format", "xml");
    refused("--env needs a K=V", "a", "--env");
    refused("--from-files takes no value", "a", "--from-files=1");
    refused("--max-rows was given twice", "a", "--max-rows", "1", "--max_rows", "2");
    refused("missing FIRST");
    refused("unexpected argument 'c'", "a", "b", "c");
  }

  @Test
  void numbersAreChecked() {
    assertThatThrownBy(() -> parse("a", "--max-rows", "-3").number("max-rows", 0))
        .hasMessage("--max-rows takes a whole number of at least 0, not '-3'");
    assertThatThrownBy(() -> parse("a", "--max-rows", "x").number("max-rows", 0))
        .hasMessage("--max-rows takes a whole number of at least 0, not 'x'");
  }
}
