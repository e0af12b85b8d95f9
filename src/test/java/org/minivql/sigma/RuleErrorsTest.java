package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad rule says what, in which text, where and under which title; the others run. */
class RuleErrorsTest {
  private static final String GOOD = SigmaBench.rule("Good", "s: {F: 1}\ncondition: s");
  private static final List<Map<String, Integer>> EVENTS = List.of(Map.of("F", 1));

  private final SigmaBench bench = new SigmaBench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "s: {'F|shouts': 1}\\ncondition: s       ! 5:7: unknown modifier shouts",
        "s: {F: 1}\\ncondition: s &              ! 6:16: unexpected '&' in condition",
        "s: {F: 1}\\ncondition: s and            ! 6:19: unexpected end of condition",
        "s: {F: 1}\\ncondition: (s               ! 6:16: unexpected end of condition",
        "s: {F: 1}\\ncondition: s t              ! 6:16: unexpected 't' in condition",
        "s: {F: 1}\\ncondition: 1 of             ! 6:18: unexpected end of condition",
        "s: {'F|re': '('}\\ncondition: s         ! 5:15: regular expression (: missing closing )",
        "s: {'F|re': '(?=x)'}\\ncondition: s     ! 5:15: regular expression (?=x): invalid or unsupported Perl syntax",
        "s: {'F|cidr': house}\\ncondition: s     ! 5:17: house is not a network",
        "s: {'F|gt': many}\\ncondition: s        ! 5:15: gt needs a number, not many",
        "s: {F: {G: 1}}\\ncondition: s           ! 5:10: field F has a value that is no text or number",
        "s: {'F|gt|lt': 1}\\ncondition: s        ! 5:7: modifiers gt and lt exclude each other",
        "s: {}\\ncondition: s                    ! 5:6: search s has an entry that is no field and no text",
        "s: {F: 1, F: 2}\\ncondition: s          ! 5:13: key F occurs twice",
        "s: [F: 1\\ncondition: s                 ! 6:12: expected ',' or ']', but got :",
        "s: {F: 1}\\ntimeframe: 5m\\ncondition: s ! 6:3: In rule Bad one: Timeframe detections not supported",
        "condition: s                           ! 4:1: a detection without searches",
      })
  void badDetections(String detection, String message) {
    String bad = SigmaBench.rule("Bad one", detection.replace("\\n", "\n"));

    List<String> titles =
        bench.with(", rule_names='my.yml'").titles(List.of(bad + "\n---\n" + GOOD), EVENTS);

    assertThat(bench.remarks())
        .containsExactly("sigma: Error parsing: my.yml:" + message + " in rule 'Bad one'");
    assertThat(titles).containsExactly("Good");
  }

  @Test
  void whatARuleMustHave() {
    bench.rows(
        List.of(
            "logsource: {product: windows}",
            "title: A\ndetection: {s: {F: 1}}",
            "title: B\nlogsource: {}\ndetection: {s: {F: 1}}",
            "title: C\nlogsource: {product: windows}",
            "just text",
            "title: D\ncorrelation: {type: sequence, rules: [x]}"),
        EVENTS);

    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[0]:1:1: no title set in rule ''",
            "sigma: Error parsing: rules[1]:1:1: No logsource specified in rule 'A'",
            "sigma: Error parsing: rules[2]:2:1: No logsource specified in rule 'B'",
            "sigma: Error parsing: rules[3]:1:1: no detection in rule 'C'",
            "sigma: Error parsing: rules[4]:1:1: a rule is a mapping in rule ''",
            "sigma: Error parsing: rules[5]:2:21: Unsupported correlation type sequence in rule 'D'");
  }

  @Test
  void linesAreCountedThroughTheWholeText() {
    String bad = SigmaBench.rule("Bad", "s: {'F|shouts': 1}\ncondition: s");

    bench.rows(List.of(GOOD + "\n---\n" + bad), EVENTS);

    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[0]:13:7: unknown modifier shouts in rule 'Bad'");
  }

  @Test
  void filesOfWindowsEditorsAreRead() {
    String text = "\uFEFF---\r\n" + (GOOD + "\n---\n" + GOOD).replace("\n", "\r\n");

    assertThat(bench.titles(List.of(text), EVENTS)).containsExactly("Good", "Good");
    assertThat(bench.remarks()).isEmpty();
  }

  @Test
  void badArgumentsEndTheCall() {
    bench.query("SELECT * FROM sigma(rules=R, log_sources=1)", Map.of("R", GOOD));
    assertThat(bench.log())
        .containsExactly(
            "sigma: log_sources must be a LogSourceProvider not int64, use sigma_log_sources() to"
                + " make one");

    bench.with(", field_mapping=dict(F=1)").rows(List.of(GOOD), EVENTS);
    assertThat(bench.log())
        .containsExactly("sigma: fieldmapping for F should be string, got(int64)");

    assertThat(
            bench.query(
                "SELECT sigma_log_sources(a={ SELECT * FROM scope() }) AS S FROM scope()",
                Map.of()))
        .hasSize(1);
    assertThat(bench.log())
        .containsExactly(
            "sigma_log_sources: log source a should have the form category/product/service");
  }

  @Test
  void theServersDeviationsAreTold() {
    String several = SigmaBench.rule("Several", "s: {F: 1}\nt: {F: 2}");
    String wild = SigmaBench.rule("Wild", "s: {G: a*}\ncondition: s");
    String cased = SigmaBench.rule("Cased", "s: {G: abc}\ncondition: s");

    List<String> titles =
        bench.titles(
            List.of(several, wild, cased),
            List.of(Map.of("F", 1, "G", "ABC"), Map.of("F", 1, "G", "Abc")));

    assertThat(titles).isEmpty();
    assertThat(bench.remarks())
        .containsExactly(
            "WARN:sigma: rules[0]:4:1: several searches and no condition: it never matches in rule"
                + " 'Several' (Q-42)",
            "WARN:sigma: rules[1]:5:10: G: * and ? in 'a*' are no wildcards on the server in rule"
                + " 'Wild' (Q-41)",
            "WARN:sigma: rules[2]:5:7: G: 'ABC' is not 'abc', case counts on the server in rule"
                + " 'Cased' (Q-41)");
  }

  @Test
  void theStandardWantsACondition() {
    bench
        .with(", standard=TRUE")
        .rows(List.of(SigmaBench.rule("S", "s: {F: 1}\nt: {F: 2}")), EVENTS);
    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[0]:4:1: several searches and no condition in rule 'S'");

    bench.rows(List.of(SigmaBench.rule("S", "s: {F: 1}\ncondition: s and t")), EVENTS);
    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[0]:6:20: undefined search t in condition in rule 'S'");
  }

  @Test
  void aFieldThatNothingKnowsIsTold() {
    bench.rows(List.of(SigmaBench.rule("T", "s: {Fild: 1}\ncondition: s")), EVENTS);
    assertThat(bench.remarks())
        .containsExactly(
            "WARN:sigma: rules[0]:5:7: field Fild is not mapped, and no event has it in rule 'T'");
  }

  @Test
  void aModifierTheServerDoesNotKnowIsTold() {
    List<String> titles =
        bench.titles(List.of(SigmaBench.rule("T", "s: {F|exists: true}\ncondition: s")), EVENTS);
    assertThat(titles).containsExactly("T");
    assertThat(bench.remarks())
        .containsExactly(
            "WARN:sigma: rules[0]:5:7: the server does not know the modifier exists in rule 'T'");
  }

  @Test
  void aliasesCannotGrowWithoutBounds() {
    StringBuilder text = new StringBuilder("title: T\na0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }

    bench.rows(List.of(text.toString()), EVENTS);

    assertThat(bench.remarks()).hasSize(1);
    assertThat(bench.remarks().get(0)).contains("too many aliases");
  }
}
