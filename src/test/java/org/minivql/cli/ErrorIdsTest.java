package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.minivql.LimitReached;
import org.minivql.problem.Problem;
import org.minivql.value.Limit;

/** Every error that people meet has an id, which the command line prints and explains. */
class ErrorIdsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "E-SYNTAX | SELECT FROM",
        "E-SYMBOL | SELECT Nope FROM scope()",
        "E-PLUGIN | SELECT * FROM nope()",
        "E-CALL | SELECT * FROM foreach(row={SELECT 1 AS B FROM scope()}, query={SELECT * FROM B()})",
        "E-ARGUMENT | LET Q(a) = SELECT a FROM scope() SELECT * FROM Q(b=1)",
        "E-ARGUMENT | SELECT len(nope=1) FROM scope()",
        "E-ARGUMENT | SELECT upcase() FROM scope()",
        "E-REGEX | SELECT 'a' =~ '(' FROM scope()",
        "E-REGEX | LET P = '((a{99}){99}){99}' SELECT 'a' =~ P FROM scope()",
        "E-STACK | LET X = X + 1 SELECT X FROM scope()",
        "E-STRING | LET A = 'x' * 60000000 SELECT A + A FROM scope()",
        "E-EFFECT | SELECT write_file(data='x', dest='/nope/x') FROM scope()",
        "E-FILE | SELECT read_file(filename='/no/such/file') FROM scope()",
        "E-LIMIT-ROWS | SELECT * FROM range(end=9)",
        "E-LIMIT-DEPTH | LET F(x) = F(x=x + 1) SELECT F(x=1) FROM scope()"
      })
  void queriesTellTheId(String id, String program) {
    Run run =
        Run.in(
            folder,
            "",
            "query",
            "--max-rows",
            "5",
            "--max-depth",
            id.equals("E-STACK") ? "1000" : "100",
            program);
    assertThat(run.err()).contains("[" + id + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "E-USAGE | query --nope",
        "E-USAGE | nope",
        "E-FILE | run nope.vql",
        "E-STORE-MISSING | store show nope",
        "E-ARTIFACT | artifacts show Nope"
      })
  void commandsTellTheId(String id, String words) {
    assertThat(Run.in(folder, "", words.split(" ")).err()).contains("[" + id + "]");
  }

  @ParameterizedTest
  @EnumSource
  void docExplainsEach(Problem problem) {
    Run run = Run.of("doc", problem.id());
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(problem.id(), problem.cause(), problem.remedy());
    assertThat(problem.cause()).endsWith(".");
    assertThat(problem.remedy()).endsWith(".");
    assertThat(Run.of("doc", "--errors").out()).contains(run.out());
  }

  @ParameterizedTest
  @EnumSource
  void eachLimitHasAnEntry(Limit limit) {
    assertThat(Problem.of(new LimitReached(limit, 7, "SELECT 1").message()).id())
        .isEqualTo(limit.id());
  }

  @Test
  void idsDiffer() {
    Set<String> ids = new HashSet<>();
    for (Problem problem : Problem.values()) {
      assertThat(ids.add(problem.id())).as(problem.id()).isTrue();
    }
  }
}
