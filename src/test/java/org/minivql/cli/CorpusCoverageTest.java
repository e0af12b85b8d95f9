package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.minivql.conformance.Cases;

/** What {@code verify --coverage} says of the published artifacts, against the inventory. */
class CorpusCoverageTest {
  private static Path required(Optional<Path> base, String name) {
    Optional<Path> file = base.map(dir -> dir.resolve(name)).filter(Files::isRegularFile);
    Assumptions.assumeTrue(file.isPresent(), "not found: " + name);
    return file.get();
  }

  /** The names that there must be, as {@code function x} and {@code plugin x}. */
  private static Set<String> demanded(Path inventory) throws IOException {
    Set<String> demanded = new HashSet<>();
    for (String line : Files.readAllLines(inventory)) {
      String[] cells = line.split(",");
      if (Set.of("engine", "1", "2").contains(cells[cells.length - 1])) {
        demanded.add(cells[1] + " " + cells[0]);
      }
    }
    return demanded;
  }

  /** What each artifact calls, as the cases say. */
  private static Map<String, Set<String>> calls(Path corpus) {
    Map<String, Set<String>> calls = new TreeMap<>();
    for (Map<String, Object> text : Cases.read(corpus)) {
      for (Object entry : (List<?>) text.getOrDefault("where", List.of())) {
        Map<?, ?> place = (Map<?, ?>) entry;
        if (!String.valueOf(place.get("field")).startsWith("parameters")) {
          Set<String> names =
              calls.computeIfAbsent(
                  place.get("origin") + " " + place.get("artifact"), a -> new TreeSet<>());
          for (Object statement : (List<?>) text.getOrDefault("statements", List.of())) {
            add(names, "function ", ((Map<?, ?>) statement).get("functions"));
            add(names, "plugin ", ((Map<?, ?>) statement).get("plugins"));
          }
        }
      }
    }
    return calls;
  }

  private static void add(Set<String> names, String kind, Object called) {
    for (Object name : called instanceof List<?> list ? list : List.of()) {
      names.add(kind + (String.valueOf(name).startsWith("Artifact.") ? "Artifact" : name));
    }
  }

  @Test
  void nothingThatIsDemandedIsLacking() throws IOException {
    Set<String> demanded = demanded(required(Cases.shared(), "spec/stdlib-inventory.csv"));
    Path corpus = required(Cases.conformance(), "corpus/corpus.jsonl");
    Run run = Run.of("verify", "--coverage", corpus.getParent().toString(), "--format", "json");
    Map<?, ?> coverage = (Map<?, ?>) Cases.parse(run.out());

    Set<String> uncovered = new TreeSet<>();
    for (Object entry : (List<?>) coverage.get("uncovered")) {
      Map<?, ?> artifact = (Map<?, ?>) entry;
      uncovered.add(artifact.get("group") + " " + artifact.get("artifact"));
      assertThat((List<?>) artifact.get("lacking"))
          .as("%s", artifact)
          .noneMatch(name -> demanded.contains(String.valueOf(name)));
    }
    Map<String, Set<String>> calls = calls(corpus);
    Set<String> able = new TreeSet<>();
    calls.forEach(
        (artifact, names) -> {
          if (demanded.containsAll(names)) {
            able.add(artifact);
          }
        });
    assertThat(able).isNotEmpty().doesNotContainAnyElementsOf(uncovered);
    System.out.printf(
        "corpus: %d of %d artifacts call only what is demanded, %d call only what there is%n",
        able.size(), calls.size(), calls.size() - uncovered.size());
  }
}
