package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.conformance.Cases;
import org.minivql.conformance.Deviations;
import org.minivql.conformance.SyntaxSets;

class SyntaxConformanceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "units/tokens",
        "units/string_literals",
        "units/identifiers",
        "units/lambda",
        "units/lambda_corpus",
        "units/reformat",
        "corpus/corpus",
        "expressions/expressions",
        "oracle/parse_errors"
      })
  void readsEveryCase(String set) {
    assumeThat(Cases.conformance()).as(Cases.absence()).isPresent();
    Path file = Cases.conformance().orElseThrow().resolve(set + ".jsonl");
    List<Map<String, Object>> cases = Cases.read(file);
    Map<String, String> known = Deviations.reasons();
    List<String> problems = new ArrayList<>();
    for (Map<String, Object> testCase : cases) {
      String problem = SyntaxSets.check(set, testCase);
      if (problem != null && !known.containsKey((String) testCase.get("id"))) {
        problems.add(testCase.get("id") + ": " + problem);
      }
    }
    assertThat(problems).as("%d of %d cases of %s", problems.size(), cases.size(), set).isEmpty();
  }
}
