package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.Profile;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.syntax.Printer;
import org.minivql.testing.Expressions;
import org.minivql.testing.Gens;
import org.minivql.value.Dict;

/** What holds for every expression. */
class EvaluationProperties {
  private final Vql bare = Vql.builder().profile(Profile.BARE).build();
  private final Vql wide = Vql.builder().build();

  @Provide
  Arbitrary<String> expressions() {
    return Expressions.texts();
  }

  @Provide
  Arbitrary<String> anyExpressions() {
    return Gens.expressions().map(Printer::text);
  }

  @Property(tries = 1500)
  void neitherThrowsNorHangs(@ForAll("expressions") String expression) {
    check(bare, expression);
    check(wide, expression);
  }

  @Property(tries = 500)
  void namesThatMeanNothingDoNoHarm(@ForAll("anyExpressions") String expression) {
    check(bare, expression);
    check(wide, expression);
  }

  private static void check(Vql engine, String expression) {
    List<String> log = new ArrayList<>();
    List<Dict> rows = new ArrayList<>();
    RunResult result =
        engine
            .compile(
                Expressions.definitions()
                    + "SELECT "
                    + expression
                    + " AS X FROM scope() WHERE X OR TRUE GROUP BY X ORDER BY X")
            .run(
                QueryOptions.defaults()
                    .withTimeout(Duration.ofSeconds(30))
                    .withLog(line -> log.add(line.text())),
                rows::add);
    assertThat(result.timedOut()).isFalse();
    assertThat(rows).hasSize(1);
    assertThat(log).noneMatch(line -> line.startsWith("ERROR:PANIC"));
  }

  @Property(tries = 1000)
  void theSameExpressionHasTheSameValue(@ForAll("expressions") String expression) {
    List<String> rows = new ArrayList<>();
    wide.compile(
            Expressions.definitions()
                + "SELECT "
                + expression
                + " AS A, "
                + expression
                + " AS B FROM range(end=2)")
        .run(
            QueryOptions.defaults(),
            row -> {
              assertThat(Json.text(row.cell(0))).isEqualTo(Json.text(row.cell(1)));
              return rows.add(Json.text(row));
            });
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).isEqualTo(rows.get(1));
  }
}
