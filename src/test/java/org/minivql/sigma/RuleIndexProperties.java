package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.value.Dict;

/** An event that meets only the rules the index gives matches what it matches among all rules. */
class RuleIndexProperties {
  private static final List<String> VALUES =
      List.of(
          "a", "A", "ab", "'*b'", "'a?'", "ÄB", "ΑΣ", "1", "'1'", "1.5", "true", "''", "null",
          "-a");

  @Property(tries = 300)
  void theIndexLosesNoMatch(
      @ForAll("rules") List<String> detections,
      @ForAll("events") List<Dict> events,
      @ForAll boolean standard) {
    List<String> rules = new ArrayList<>();
    for (String detection : detections) {
      rules.add(SigmaBench.rule("r" + rules.size(), detection));
    }
    SigmaBench bench = new SigmaBench();
    String semantics = ", standard=" + standard;
    List<String> expected = new ArrayList<>();
    for (Dict row : bench.with(semantics + ", debug=TRUE").rows(rules, events)) {
      if ((Boolean) ((Dict) row.get("_Match")).get("match")) {
        expected.add((String) ((Dict) row.get("_Rule")).get("Title"));
      }
    }

    assertThat(bench.with(semantics).titles(rules, events)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> rules() {
    Arbitrary<String> condition =
        Arbitraries.of(
            "s",
            "t",
            "s and t",
            "s or t",
            "not s",
            "s and not t",
            "1 of them",
            "all of them",
            "s and (t or not s)");
    return Combinators.combine(searches(), searches(), condition)
        .as((s, t, c) -> "s: " + s + "\nt: " + t + "\ncondition: " + c)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private Arbitrary<String> searches() {
    Arbitrary<String> entries =
        entries().list().ofMinSize(1).ofMaxSize(2).map(e -> "{" + String.join(", ", e) + "}");
    return Arbitraries.oneOf(
        entries, entries.list().ofMinSize(1).ofMaxSize(2).map(Object::toString));
  }

  private Arbitrary<String> entries() {
    Arbitrary<String> modifiers =
        Arbitraries.of(
            "",
            "|contains",
            "|startswith",
            "|endswith",
            "|contains|all",
            "|all",
            "|cased",
            "|contains|cased",
            "|neq",
            "|windash|contains",
            "|base64",
            "|exists",
            "|fieldref");
    return Combinators.combine(
            Arbitraries.of("F", "G"),
            modifiers,
            Arbitraries.of(VALUES).list().ofMinSize(1).ofMaxSize(2))
        .as((field, modifier, values) -> "'" + field + modifier + "': " + values);
  }

  @Provide
  Arbitrary<List<Dict>> events() {
    Arbitrary<Object> values =
        Arbitraries.of(
            "a",
            "A",
            "ab",
            "xab",
            "Äb",
            "äB",
            "ας",
            "ΑΣΒ",
            "1",
            "",
            "/a",
            "–a",
            1L,
            1.0,
            1.5,
            true,
            List.of("a"),
            Dict.of("k", "a"));
    Arbitrary<Dict> event =
        Combinators.combine(values, values.injectNull(0.2))
            .as(
                (f, g) -> {
                  Map<String, Object> members = new LinkedHashMap<>();
                  members.put("F", f);
                  if (!"".equals(g)) {
                    members.put("G", g);
                  }
                  return Dict.of(members);
                });
    return event.list().ofMinSize(1).ofMaxSize(5);
  }
}
