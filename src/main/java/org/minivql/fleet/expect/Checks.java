package org.minivql.fleet.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.play.Outcome;
import org.minivql.fleet.source.Expectations;
import org.minivql.value.Dict;

/** Compares an outcome with what is expected. */
final class Checks {
  private final Expectations expected;
  private final Outcome outcome;
  private final List<String> failures = new ArrayList<>();

  private Checks(Expectations expected, Outcome outcome) {
    this.expected = expected;
    this.outcome = outcome;
  }

  /** The failures, each a text of one or more lines; empty where all is as expected. */
  static List<String> of(Expectations expected, Outcome outcome) {
    Checks checks = new Checks(expected, outcome);
    checks.labels();
    checks.metadata();
    checks.rows();
    checks.effects();
    checks.logs();
    checks.hunts();
    checks.plan();
    return checks.failures;
  }

  private void labels() {
    if (expected.labels() != null) {
      compare("labels.jsonl", sorted(expected.labels(), "labels"), outcome.labels(), Same::values);
    }
  }

  /** One line a client, by id, those with nothing left out. */
  private static List<Dict> sorted(List<Dict> rows, String member) {
    Map<String, Dict> byId = new TreeMap<>();
    for (Dict row : rows) {
      boolean empty =
          row.get(member) == null
              || row.get(member) instanceof List<?> list && list.isEmpty()
              || row.get(member) instanceof Dict dict && dict.size() == 0;
      if (!empty) {
        byId.put(String.valueOf(row.get("client_id")), row);
      }
    }
    return List.copyOf(byId.values());
  }

  private void metadata() {
    if (expected.metadata() != null) {
      compare(
          "metadata.jsonl",
          sorted(expected.metadata(), "metadata"),
          outcome.metadata(),
          (a, b) -> Same.part(a, b) && Same.part(b, a));
    }
  }

  private void rows() {
    expected
        .rows()
        .forEach(
            (rule, rows) ->
                compare("rows of " + rule, bare(rows), outcome.rows(rule), Same::values));
    expected
        .events()
        .forEach(
            (queue, events) ->
                compare("events of " + queue, bare(events), outcome.events(queue), Same::values));
  }

  private static List<Dict> bare(List<Dict> rows) {
    return rows.stream()
        .map(row -> row.toBuilder().remove("_ts").remove("_Source").build())
        .toList();
  }

  private void effects() {
    if (expected.effects() != null) {
      compare("effects.jsonl", expected.effects(), outcome.effects(), Same::members);
    }
  }

  private void hunts() {
    if (expected.hunts() != null) {
      failures.addAll(HuntChecks.of(expected.hunts(), outcome.world()));
    }
  }

  private void logs() {
    Dict logs = expected.logs();
    if (logs == null) {
      return;
    }
    for (String pattern : texts(logs, "must_match")) {
      if (outcome.logs().stream().noneMatch(line -> find(pattern, line))) {
        failures.add("logs: no line of a rule matches " + pattern);
      }
    }
    for (String pattern : texts(logs, "must_not_match")) {
      outcome.logs().stream()
          .filter(line -> find(pattern, line))
          .findFirst()
          .ifPresent(line -> failures.add("logs: a line matches " + pattern + ": " + line.strip()));
    }
    for (String warning : texts(logs, "warnings")) {
      if (!outcome.warnings().contains(warning)) {
        failures.add("logs: there is no warning " + warning + ", only " + outcome.warnings());
      }
    }
  }

  private static boolean find(String pattern, String line) {
    return Pattern.compile(pattern).matcher(line).find();
  }

  static List<String> texts(Dict dict, String member) {
    Object value = dict.get(member);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  private void plan() {
    if (expected.plan() == null) {
      return;
    }
    Dict plan = outcome.plan();
    for (String member : expected.plan().shape().names()) {
      Object wanted = expected.plan().get(member);
      if (!plan.has(member) || !Same.part(wanted, plan.get(member))) {
        compare(
            "plan.json, " + member,
            List.of(Dict.of(member, wanted)),
            List.of(Dict.of(member, plan.get(member))),
            Same::members);
      }
    }
  }

  private void compare(
      String what, List<Dict> wanted, List<Dict> actual, BiPredicate<Dict, Dict> same) {
    List<String> lines = Difference.of(wanted, actual, same);
    if (!lines.isEmpty()) {
      failures.add(what + ":\n  " + String.join("\n  ", lines));
    }
  }
}
