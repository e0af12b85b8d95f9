package org.minivql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/**
 * Runs every set of the conformance cases in place, prints a table, and writes it with the failures
 * to {@code target/conformance.json}.
 */
class ConformanceTest {
  private static final List<String> FOLDERS =
      List.of("expressions", "queries", "oracle", "units", "corpus");

  private static final String GOLDEN = "golden";
  private static final double PORTABLE_SHARE = 0.95;

  private final List<String> unexplained = new ArrayList<>();
  private int portable;
  private int portablePassed;
  private int serverModel;
  private int serverModelPassed;
  private final List<String> serverModelFailures = new ArrayList<>();
  private final Map<String, SetResult> results = new TreeMap<>();
  private final Map<String, String> deviations = Deviations.reasons();

  private static final class SetResult {
    int passed;
    int skipped;
    int texts;
    int logExpected;
    int logFound;
    final List<Object> failures = new ArrayList<>();
    final List<Object> logMissing = new ArrayList<>();

    int cases() {
      return passed + skipped + failures.size();
    }
  }

  @Test
  void casesPass() throws IOException {
    Optional<Path> dir = Cases.conformance();
    Assumptions.assumeTrue(dir.isPresent(), Cases.absence());
    for (String folder : FOLDERS) {
      for (Path file : files(dir.get().resolve(folder))) {
        String name = file.getFileName().toString();
        runSet(folder + "/" + name.substring(0, name.length() - ".jsonl".length()), file);
      }
    }
    golden(dir.get().resolve("golden"));
    report();
    SetResult golden = results.remove(GOLDEN);
    assertThat(results.values().stream().flatMap(set -> set.failures.stream()).toList()).isEmpty();
    assertThat(serverModelFailures).isEmpty();
    assertThat(unexplained).isEmpty();
    if (golden != null && portable > 0) {
      assertThat((double) portablePassed / portable).isGreaterThanOrEqualTo(PORTABLE_SHARE);
    }
  }

  /** Of the golden files only what the tags say anybody can do is demanded. */
  private void golden(Path folder) throws IOException {
    for (GoldenCases.Outcome outcome : GoldenCases.runAll(folder)) {
      SetResult result = results.computeIfAbsent(GOLDEN, name -> new SetResult());
      boolean demanded =
          outcome.tagged("portable")
              || outcome.tagged("needs-files") && !outcome.tagged("some-files-missing");
      portable += demanded ? 1 : 0;
      portablePassed += demanded && outcome.reason() == null ? 1 : 0;
      serverModel += outcome.tagged("server-model") ? 1 : 0;
      serverModelPassed += outcome.tagged("server-model") && outcome.reason() == null ? 1 : 0;
      if (demanded && outcome.reason() != null && !deviations.containsKey(outcome.id())) {
        unexplained.add(outcome.id() + ": " + outcome.reason());
      }
      if (outcome.reason() == null && deviations.containsKey(outcome.id())) {
        unexplained.add(outcome.id() + ": passes, so it is no deviation");
      }
      if (outcome.reason() == null) {
        result.passed++;
      } else if (outcome.tagged("not-portable")
          || outcome.tagged("needs-artifact")
          || deviations.containsKey(outcome.id())) {
        result.skipped++;
      } else {
        result.failures.add(
            Dict.of("id", outcome.id(), "tags", outcome.tags(), "reason", outcome.reason()));
        if (outcome.tagged("server-model")) {
          serverModelFailures.add(outcome.id());
        }
      }
    }
    System.out.printf("golden: %d of %d portable statements%n", portablePassed, portable);
    System.out.printf(
        "golden: %d of %d statements about a server%n", serverModelPassed, serverModel);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private void runSet(String set, Path file) {
    for (Map<String, Object> testCase : Cases.read(file)) {
      SetResult result = results.computeIfAbsent(set, name -> new SetResult());
      String id = String.valueOf(testCase.get("id"));
      String reason = check(set, testCase, result);
      if (reason == null) {
        result.passed++;
      } else if (deviations.containsKey(id) || isTypeNames(testCase, set)) {
        result.skipped++;
      } else {
        result.failures.add(Dict.of("id", id, "reason", reason));
      }
    }
  }

  /** The names of the reference's own types are not part of the language. */
  private static boolean isTypeNames(Map<String, Object> testCase, String set) {
    return set.startsWith("units/")
        && testCase.get("tags") instanceof List<?> tags
        && tags.contains("go-type-names");
  }

  private String check(String set, Map<String, Object> testCase, SetResult result) {
    try {
      if (SyntaxSets.knows(set)) {
        String reason = SyntaxSets.check(set, testCase);
        if (reason != null) {
          return reason;
        }
      }
      if (set.equals("units/lambda")) {
        return LambdaCases.check(testCase);
      }
      if (!testCase.containsKey("env") || !testCase.containsKey("query")) {
        return null;
      }
      ProgramCases.Outcome outcome = ProgramCases.run(testCase);
      result.logExpected += outcome.logExpected();
      result.logFound += outcome.logFound();
      if (outcome.logFound() < outcome.logExpected()) {
        result.logMissing.add(testCase.get("id"));
      }
      result.texts += outcome.textReason() == null ? 0 : 1;
      return outcome.reason() == null ? outcome.textReason() : outcome.reason();
    } catch (RuntimeException | StackOverflowError e) {
      return "throws " + e;
    }
  }

  private void report() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%-28s %6s %6s %6s %7s %9s%n", "set", "cases", "passed", "failed", "skipped", "log"));
    Dict.Builder sets = Dict.builder();
    results.forEach(
        (name, set) -> {
          table.append(
              String.format(
                  "%-28s %6d %6d %6d %7d %4d/%-4d%n",
                  name,
                  set.cases(),
                  set.passed,
                  set.failures.size(),
                  set.skipped,
                  set.logFound,
                  set.logExpected));
          sets.set(
              name,
              Dict.of(
                  "cases",
                  (long) set.cases(),
                  "passed",
                  (long) set.passed,
                  "failed",
                  (long) set.failures.size(),
                  "skipped",
                  (long) set.skipped,
                  "log_lines",
                  (long) set.logExpected,
                  "log_missing",
                  set.logMissing,
                  "log_lines_found",
                  (long) set.logFound,
                  "failures",
                  set.failures));
        });
    System.out.print(table);
    Path target = Path.of("target", "conformance.json");
    Files.createDirectories(target.getParent());
    Files.writeString(target, Json.indented(Dict.of("sets", sets.build())) + "\n");
  }
}
