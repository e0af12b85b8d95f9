package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.Limit;

/** Each limit of a run has an option of the command line. */
class LimitFlagsTest {
  private static final String ENDLESS = "SELECT * FROM range(end=1000000000000) WHERE FALSE";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIME    | --timeout 1        | " + ENDLESS,
        "ROWS    | --max-rows 5      | SELECT * FROM range(end=6)",
        "SCANNED | --max-scanned 100 | " + ENDLESS,
        "BYTES   | --max-bytes 10000 | LET X <= SELECT _value FROM range(end=10000)",
        "MEMORY  | --max-memory 10000 | SELECT enumerate(items=_value) AS L FROM range(end=10000)"
            + " GROUP BY 1",
        "DEPTH   | --max-depth 50    | LET F(x) = F(x=x + 1) SELECT F(x=1) FROM scope()",
        "THREADS | --max-threads 3   | SELECT * FROM foreach(row={SELECT * FROM range(end=9)},"
            + " workers=4, query={SELECT _value FROM scope()})",
        "FILES   | --max-files 0     | SELECT read_file(filename='a') FROM scope()"
      })
  void eachEndsTheRunWithItsOwnError(Limit limit, String option, String program)
      throws IOException {
    Files.writeString(folder.resolve("a"), "text");
    String[] words = option.split(" ");
    Run run = Run.in(folder, "", "query", words[0], words[1], program);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("Query ended: more than ", "[" + limit.id() + "]");

    assertThat(Run.in(folder, "", "query", words[0], "x", program).status()).isEqualTo(2);
    assertThat(Run.of("query", "--help").out()).contains(words[0]);
  }

  @Test
  void noLimitIsWithoutAnOption() {
    String help = Run.of("query", "--help").out();
    assertThat(
            Arrays.stream(Limit.values())
                .filter(limit -> limit != Limit.TIME)
                .map(limit -> "--max-" + limit.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toList()))
        .allMatch(help::contains);
    assertThat(help).contains("--timeout");
  }
}
