package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;

class SigmaRunTest {
  private final SigmaBench bench = new SigmaBench();

  private static String rule(String title, String logsource, String extra) {
    return "title: "
        + title
        + "\nlogsource: {"
        + logsource
        + "}\ndetection:\n  s: {F: 1}\n  condition: s\n"
        + extra;
  }

  @Test
  void aRowShowsTheEventTheMatchAndTheRule() {
    String text =
        """
        title: Whole
        id: 1-2-3
        status: test
        description: Says all.
        author: Somebody
        level: high
        references: [https://example.org]
        tags: [attack.t1]
        date: 2026-01-02
        logsource: {product: windows, category: process_creation}
        detection:
          one: {F: 1, G|contains: [x, y]}
          two: [word]
          condition: one and not two
        details: 'F is %F%, first %Data[1]%, %Unknown% stays'
        enrichment: x=>x.F + 1
        """;

    List<Dict> rows =
        bench
            .source("process_creation/windows/*")
            .rows(
                List.of(text),
                List.of(Dict.of("F", 1L, "G", "axb", "EventData", Dict.of("Data", List.of("d")))));

    Dict rule = (Dict) rows.get(0).get("_Rule");
    assertThat(rows.get(0).memberNames())
        .containsExactly("F", "G", "EventData", "_Match", "_Rule", "Details", "Enrichment");
    assertThat(rows.get(0).get("_Match"))
        .isEqualTo(
            Dict.of(
                "match",
                true,
                "search_results",
                Dict.of("one", true, "two", false),
                "condition_results",
                List.of(true)));
    assertThat(rows.get(0).get("Details")).isEqualTo("F is 1, first d, %Unknown% stays");
    assertThat(rows.get(0).get("Enrichment")).isEqualTo(2L);
    assertThat(org.minivql.format.Json.text(rule))
        .isEqualTo(
            "{\"Title\":\"Whole\",\"Logsource\":{\"Category\":\"process_creation\",\"Product\":"
                + "\"windows\"},\"Detection\":{\"Searches\":{\"one\":{\"event_matchers\":[[{"
                + "\"field\":\"F\",\"values\":[1]},{\"field\":\"G\",\"modifiers\":[\"contains\"],"
                + "\"values\":[\"x\",\"y\"]}]]},\"two\":{\"keywords\":[\"word\"]}},\"Condition\":["
                + "{\"Search\":[{\"Name\":\"one\"},{\"Expr\":{\"Name\":\"two\"}}]}]},\"Id\":"
                + "\"1-2-3\",\"status\":\"test\",\"Description\":\"Says all.\",\"Author\":"
                + "\"Somebody\",\"Level\":\"high\",\"References\":[\"https://example.org\"],"
                + "\"Tags\":[\"attack.t1\"],\"AdditionalFields\":{\"date\":\"2026-01-02\"}}");
  }

  @Test
  void rulesRunOnTheSourcesTheyNameOrLeaveOpen() {
    List<String> rules =
        List.of(
            rule("product", "product: windows", ""),
            rule("service", "product: windows, service: sysmon", ""),
            rule("category", "category: process_creation", ""),
            rule("other", "product: linux", ""));

    assertThat(bench.source("*/windows/sysmon").titles(rules, List.of(Map.of("F", 1))))
        .containsExactly("product", "service");
    assertThat(bench.log())
        .containsExactly(
            "INFO:sigma: Loaded 2 rules (from 4) into 1 log sources and 0 field mappings",
            "INFO:sigma: Consumed 1 messages from log source */windows/sysmon on 2 rules (0s)",
            "INFO:sigma: Completed with 2 hits");
    assertThat(bench.source("*/windows/*").titles(rules, List.of(Map.of("F", 1))))
        .containsExactly("product");
  }

  @Test
  void rowsComeInTheOrderOfEventsThenRules() {
    List<String> rules =
        List.of(
            SigmaBench.rule("any", "s: {F|gte: 0}\ncondition: s"),
            SigmaBench.rule("two", "s: {F: 2}\ncondition: s"),
            SigmaBench.rule("one", "s: {F: 1}\ncondition: s"),
            SigmaBench.rule("both", "s: {F: [1, 2]}\ncondition: s"));

    assertThat(bench.titles(rules, List.of(Map.of("F", 1), Map.of("F", 2), Map.of("F", 3))))
        .containsExactly("any", "one", "both", "any", "two", "both", "any");
  }

  @Test
  void theIndexLosesNoMatch() {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rules.add(
          SigmaBench.rule(
              "r" + i, "s: {ID: " + i % 7 + "}\nt: {G: " + i % 5 + "}\ncondition: s and t"));
      rules.add(SigmaBench.rule("q" + i, "s: {ID: " + i % 7 + "}\ncondition: not s"));
    }
    List<Object> events = new ArrayList<>();
    for (Object id : List.of(1, "2", 3.0, true, "x", List.of(4), Map.of("k", 1))) {
      events.add(Map.of("ID", id, "G", 2));
    }
    events.add(Map.of("G", 2));

    List<Dict> all = bench.with(", debug=TRUE").rows(rules, events);
    List<String> expected =
        all.stream()
            .filter(row -> (Boolean) ((Dict) row.get("_Match")).get("match"))
            .map(row -> (String) ((Dict) row.get("_Rule")).get("Title"))
            .toList();

    assertThat(all).hasSize(rules.size() * events.size());
    assertThat(expected).isNotEmpty();
    assertThat(bench.with("").titles(rules, events)).isEqualTo(expected);
  }

  @Test
  void mappedFieldsFindTheirValues() {
    String rule = SigmaBench.rule("T", "s: {EventID: 4, Name: a, Nothing: null}\ncondition: s");
    Dict event =
        Dict.of("System", Dict.of("EventID", Dict.of("Value", 4L)), "Names", List.of("a", "b"));

    List<Dict> rows =
        bench
            .with(
                ", field_mapping=dict(EventID='x=>x.System.EventID.Value', Name='x=>x.Names[0]',"
                    + " Nothing='x=>x.No.Such')")
            .rows(List.of(rule), List.of(event));

    assertThat(rows).hasSize(1);
    assertThat(bench.remarks()).isEmpty();
    assertThat(bench.log().get(0)).endsWith("and 3 field mappings");
  }

  @Test
  void theFilterSeesTheRule() {
    List<String> rules =
        List.of(
            rule("A", "product: windows", "level: high\nstatus: stable"),
            rule("B", "product: windows", "level: low\nstatus: stable"),
            rule("C", "product: windows", "level: high\nstatus: test"));

    assertThat(
            bench
                .with(", rule_filter='x=>x.Level = \"high\" AND x.Status =~ \"stable\"'")
                .titles(rules, List.of(Map.of("F", 1))))
        .containsExactly("A");
  }

  @Test
  void defaultDetailsAreFilledInToo() {
    List<Dict> rows =
        bench
            .with(", default_details='x=>\"F was %F%\"'")
            .rows(List.of(rule("A", "product: windows", "")), List.of(Map.of("F", 1)));
    assertThat(rows.get(0).get("Details")).isEqualTo("F was 1");
  }

  @Test
  void aRuleCanChangeTheEventFirst() {
    String changing = rule("A", "product: windows", "vql: x=>dict(F=x.G - By)\nvql_args: {By: 4}");
    List<Dict> rows = bench.rows(List.of(changing), List.of(Map.of("G", 5)));
    assertThat(rows.get(0).get("F")).isEqualTo(1L);
  }

  @Test
  void placeholdersAreVariables() {
    String rule = SigmaBench.rule("T", "s: {'F|expand': '%Admins%'}\ncondition: s");
    List<Dict> rows =
        bench.query(
            "LET Admins = ('ann', 'bob') SELECT F FROM sigma(rules=R,"
                + " log_sources=sigma_log_sources(`*/windows/*`={ SELECT * FROM foreach(row=E) }))",
            Map.of("R", rule, "E", List.of(Map.of("F", "bob"), Map.of("F", "eve"))));
    assertThat(rows).extracting(row -> row.get("F")).containsExactly("bob");
  }

  @Test
  void aLimitStopsTheSources() {
    List<Dict> rows =
        bench.query(
            "SELECT _value FROM sigma(rules=R, log_sources=sigma_log_sources("
                + "`*/windows/*`={ SELECT *, 1 AS F FROM range(end=1000000000) })) LIMIT 3",
            Map.of("R", rule("A", "product: windows", "")));
    assertThat(rows).hasSize(3);
  }
}
