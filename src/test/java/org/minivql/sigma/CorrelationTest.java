package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;

class CorrelationTest {
  private static final String FAILED =
      """
      title: Failed
      name: failed
      logsource: {product: windows}
      detection: {s: {ID: 1}}
      """;
  private static final String WORKED =
      """
      title: Worked
      id: w-1
      logsource: {product: windows}
      detection: {s: {ID: 2}}
      """;

  private final SigmaBench bench = new SigmaBench();

  private static String correlation(String body) {
    return "title: Burst\nlevel: high\ncorrelation:\n" + body.indent(2);
  }

  private static Dict event(long time, long id, String user, String host) {
    return Dict.of("Timestamp", 1_772_000_000 + time, "ID", id, "User", user, "Host", host);
  }

  /** The times of the events that completed a correlation, and how many it then counted. */
  private List<String> run(String correlation, List<Dict> events) {
    List<String> out = new ArrayList<>();
    for (Dict row : bench.rows(List.of(FAILED, WORKED, correlation), events)) {
      String title = (String) ((Dict) row.get("_Rule")).get("Title");
      Object counted = row.get("_Correlations");
      out.add(
          title
              + "@"
              + ((Long) row.get("Timestamp") - 1_772_000_000)
              + (counted instanceof List<?> list ? "/" + list.size() : ""));
    }
    return out;
  }

  @Test
  void eventsAreCountedInAWindowForEachGroup() {
    String burst =
        correlation(
            "type: event_count\nrules: [failed]\ngroup-by: [User]\ntimespan: 10s\n"
                + "condition: {gte: 3}");

    List<String> rows =
        run(
            burst,
            List.of(
                event(0, 1, "a", "h"),
                event(1, 1, "b", "h"),
                event(2, 1, "a", "h"),
                event(3, 1, "a", "h"),
                event(4, 1, "a", "h"),
                event(10, 1, "a", "h"),
                event(30, 1, "a", "h")));

    assertThat(rows).containsExactly("Burst@3/3", "Burst@4/4", "Burst@10/4");
    assertThat(bench.remarks()).isEmpty();
  }

  @Test
  void rulesThatAreNotCountedShowThemselves() {
    String burst = correlation("type: event_count\nrules: [failed]\ncondition: {gte: 1}");

    assertThat(run(burst, List.of(event(0, 1, "a", "h"), event(1, 2, "a", "h"))))
        .containsExactly("Burst@0/1", "Worked@1");
  }

  @Test
  void countedEventsSayWhichRuleMatched() {
    String burst = correlation("type: temporal\nrules: [failed, w-1]\ngroup-by: [User]");

    List<Dict> rows =
        bench.rows(
            List.of(FAILED, WORKED, burst),
            List.of(event(0, 1, "a", "h"), event(1, 1, "a", "h"), event(2, 2, "a", "h")));

    assertThat(rows).hasSize(1);
    assertThat((List<?>) rows.get(0).get("_Correlations"))
        .extracting(e -> ((Dict) e).get("_MatchingRule"))
        .containsExactly("Failed", "Failed", "Worked");
    assertThat(rows.get(0).has("_Match")).isFalse();
  }

  @Test
  void differentValuesAreCounted() {
    String spread =
        correlation(
            "type: value_count\nrules: [failed]\ntimespan: 1m\ncondition: {field: Host, gte: 2}");

    assertThat(
            run(
                spread,
                List.of(
                    event(0, 1, "a", "h1"),
                    event(1, 1, "a", "h1"),
                    event(2, 1, "a", "h2"),
                    event(65, 1, "a", "h2"),
                    event(66, 1, "a", "h3"))))
        .containsExactly("Burst@2/3", "Burst@66/2");
  }

  @Test
  void equalAndAtMost() {
    List<Dict> events =
        List.of(event(0, 1, "a", "h"), event(1, 1, "a", "h"), event(2, 1, "a", "h"));

    assertThat(run(correlation("type: event_count\nrules: failed\ncondition: {eq: 2}"), events))
        .containsExactly("Burst@1/2");
    assertThat(run(correlation("type: event_count\nrules: failed\ncondition: {lte: 2}"), events))
        .containsExactly("Burst@0/1", "Burst@1/2");
  }

  @Test
  void theServerIgnoresGreaterThan() {
    String both = correlation("type: event_count\nrules: failed\ncondition: {gt: 5, gte: 2}");
    List<Dict> events = List.of(event(0, 1, "a", "h"), event(1, 1, "a", "h"));

    assertThat(run(both, events)).containsExactly("Burst@1/2");
    assertThat(bench.remarks())
        .containsExactly("WARN:sigma: rules[2]:6:15: the server ignores gt in rule 'Burst'");
    bench.with(", standard=TRUE");
    assertThat(run(both, events)).isEmpty();
  }

  @Test
  void theStandardCanShowTheCountedRulesToo() {
    String burst =
        correlation("type: event_count\nrules: failed\ngenerate: true\ncondition: {gte: 2}");
    bench.with(", standard=TRUE");

    assertThat(run(burst, List.of(event(0, 1, "a", "h"), event(1, 1, "a", "h"))))
        .containsExactly("Failed@0", "Burst@1/2", "Failed@1");
  }

  @Test
  void whatCorrelationsDoNotKnowIsTold() {
    String aliases =
        correlation(
            "type: event_count\nrules: failed\naliases: {x: {failed: User}}\ncondition: {gte: 1}");
    assertThat(run(aliases, List.of(event(0, 1, "a", "h")))).containsExactly("Burst@0/1");
    assertThat(bench.remarks())
        .containsExactly(
            "WARN:sigma: rules[2]:6:3: aliases of correlations is ignored in rule 'Burst'");

    run(correlation("type: temporal\nrules: [failed, w-1]\ncondition: a and b"), List.of());
    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[2]:6:14: condition of a correlation is a mapping in rule"
                + " 'Burst'");
  }

  @Test
  void spansAndNamesAreChecked() {
    run(
        correlation("type: event_count\nrules: failed\ntimespan: 1d\ncondition: {gte: 2}"),
        List.of());
    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[2]:6:13: unknown unit d in timespan 1d in rule 'Burst'");

    run(correlation("type: event_count\nrules: missing\ncondition: {gte: 2}"), List.of());
    assertThat(bench.remarks())
        .containsExactly(
            "WARN:sigma: rules[2]:1:1: no rule has the name or id missing in rule 'Burst'");

    run(correlation("type: event_count\nrules: failed"), List.of());
    assertThat(bench.remarks())
        .containsExactly(
            "sigma: Error parsing: rules[2]:4:3: correlation without a condition in rule 'Burst'");
  }
}
