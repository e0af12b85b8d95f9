package org.minivql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.minivql.Execution;
import org.minivql.Program;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.format.Json;
import org.minivql.syntax.Formatter;

/** Runs every example of the language's description. */
class LanguageExamplesTest {
  private static final int DEFECTS_SECTION = 20;

  private final List<String> failures = new ArrayList<>();
  private final Map<String, int[]> counts = new LinkedHashMap<>();

  @Test
  void examplesHold() throws IOException {
    Optional<Path> file = Cases.shared().map(dir -> dir.resolve("spec/language.md"));
    Assumptions.assumeTrue(
        file.isPresent() && Files.isRegularFile(file.get()),
        "no description of the language found");
    int section = 0;
    String fence = null;
    StringBuilder block = new StringBuilder();
    for (String line : Files.readAllLines(file.get())) {
      if (line.startsWith("```")) {
        if (fence == null) {
          fence = line.substring(3).trim();
          block.setLength(0);
        } else {
          // The last section shows what the reference does and we do not.
          if (section != DEFECTS_SECTION) {
            block(fence, block.toString());
          }
          fence = null;
        }
      } else if (fence != null) {
        block.append(line).append('\n');
      } else if (line.matches("## [0-9]+\\..*")) {
        section = Integer.parseInt(line.substring(3, line.indexOf('.')));
      }
    }
    counts.forEach((kind, count) -> System.out.printf("%-8s %d examples%n", kind, count[0]));
    assertThat(failures).isEmpty();
    assertThat(counts.values().stream().mapToInt(count -> count[0]).sum()).isGreaterThan(400);
  }

  private void block(String fence, String text) {
    switch (fence) {
      case "expr" -> lines(text, this::expression);
      case "error" -> lines(text, this::error);
      case "canon" -> lines(text, this::canonical);
      case "cols" -> lines(text, this::columns);
      case "vql" -> List.of(text.split("\n\\s*\n")).forEach(this::program);
      case "fmt" -> List.of(text.split("(?m)^===$")).forEach(this::format);
      default -> {
        return;
      }
    }
  }

  private static void lines(String text, Consumer<String> check) {
    text.lines().filter(line -> !line.isBlank()).forEach(check);
  }

  private void count(String kind) {
    counts.computeIfAbsent(kind, k -> new int[1])[0]++;
  }

  private void fail(String example, Object got) {
    failures.add(example + "\n   got " + got);
  }

  private void expression(String line) {
    count("expr");
    int arrow = line.lastIndexOf(" => ");
    Run run = run("SELECT (" + line.substring(0, arrow) + ") AS X FROM scope()");
    Object value = ((Map<?, ?>) run.rows.get(0)).get("X");
    if (!Same.same(Cases.parse(line.substring(arrow + 4)), value)) {
      fail(line, value);
    }
  }

  private void error(String line) {
    count("error");
    try {
      Vql.builder().build().compile(line);
      fail(line, "no error");
    } catch (VqlSyntaxException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  private void canonical(String line) {
    count("canon");
    int arrow = line.lastIndexOf(" => ");
    String text =
        Vql.builder().build().compile(line.substring(0, arrow)).statements().get(0).text();
    if (!text.trim().equals(line.substring(arrow + 4).trim())) {
      fail(line, text);
    }
  }

  private void columns(String line) {
    count("cols");
    int arrow = line.lastIndexOf(" => ");
    Map<?, ?> row = (Map<?, ?>) run(line.substring(0, arrow)).rows.get(0);
    List<Object> names = new ArrayList<>(row.keySet());
    if (!names.equals(Cases.parse(line.substring(arrow + 4)))) {
      fail(line, names);
    }
  }

  private void program(String text) {
    count("vql");
    List<String> log = new ArrayList<>();
    StringBuilder query = new StringBuilder();
    String rows = null;
    for (String line : text.split("\n")) {
      if (line.startsWith("=> ")) {
        rows = line.substring(3);
      } else if (rows != null) {
        log.add(line.substring(4));
      } else {
        query.append(line).append('\n');
      }
    }
    Run run = run(query.toString());
    if (!Same.same(Cases.parse(rows), run.rows)) {
      fail(text, run.rows);
    }
    if (!log.isEmpty() && !log.equals(run.log)) {
      fail(text, run.log);
    }
  }

  private void format(String text) {
    if (text.isBlank()) {
      return;
    }
    count("fmt");
    String[] parts = text.split("(?m)^-->$", 2);
    String formatted = Formatter.format(parts[0].strip());
    if (!formatted.strip().equals(parts[1].strip())) {
      fail(text, formatted);
    }
  }

  private record Run(List<Object> rows, List<String> log) {}

  private static Run run(String query) {
    Environment environment = Environment.of("bare");
    Program program = environment.engine().compile(query);
    List<Object> rows = new ArrayList<>();
    try (Execution execution = program.start(environment.options())) {
      execution.run(
          new org.minivql.RowHandler() {
            @Override
            public void begin(org.minivql.StatementInfo statement) {
              rows.clear();
            }

            @Override
            public boolean row(org.minivql.value.Dict row) {
              rows.add(Cases.parse(Json.text(row)));
              return true;
            }
          });
    }
    return new Run(rows, environment.log);
  }
}
