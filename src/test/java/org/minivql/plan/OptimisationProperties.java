package org.minivql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.plain.NotComparable;
import org.minivql.plain.PlainInterpreter;
import org.minivql.spi.Catalog;
import org.minivql.spi.HostCatalog;
import org.minivql.testing.Gens;
import org.minivql.testing.Run;

/**
 * No optimisation shows: programs have the rows, the log and the side effects, in number and order,
 * that they have where nothing is planned.
 */
class OptimisationProperties {
  /** What random programs have found, and what they hardly find. */
  private static final List<String> FOUND =
      List.of(
          "LET a <= dict(b=1) LET P <= SELECT * FROM foreach(row=a)"
              + " LET x <= set(item=a, field='b', value=2) SELECT * FROM P",
          "SELECT dict(a=trace(tag=1), b=trace(tag=2), a=trace(tag=3)) AS A FROM scope()",
          "SELECT dict(a=trace(tag=1), a=[trace(tag=2), 5]) AS A FROM scope()",
          "SELECT len(list=trace(tag=1), list='ab') AS A FROM scope()",
          "SELECT 1 <= 1 AS A, 1 >= 1 AS B, 1 < 1 AS C, 1 > 1 AS D, 1 = 1 AS E FROM scope()",
          "LET P = SELECT count() AS N FROM range(end=2)"
              + " SELECT * FROM chain(a={SELECT * FROM P()}, b={SELECT * FROM P()}, c=P, d=P)",
          "LET b <= dict(x=1, y=2) SELECT *, set(item=b, field='x', value=3) AS y"
              + " FROM foreach(row=b) GROUP BY y"
              + " SELECT set(item=b, field='y', value=4) AS z, * FROM foreach(row=b)",
          "LET b <= dict(x='a', y='b')"
              + " SELECT set(item=b, field='x', value='c') AS z, * FROM foreach(row=b) GROUP BY x"
              + " SELECT set(item=b, field='y', value='d') AS z, * FROM foreach(row=b) GROUP BY x",
          "LET F(a=1, b=2, c=3) = (a, b, c)"
              + " SELECT F(a=7), F(b=7), F(c=7), F(a=7, b=8), F(c=7, a=8) FROM range(end=2)",
          "LET P = SELECT trace(tag=1) AS a FROM scope()"
              + " SELECT P AS v, trace(tag=2) AS b FROM scope()"
              + " SELECT P AS v, trace(tag=2) AS b FROM scope() WHERE 1"
              + " SELECT P AS v, trace(tag=2) AS b FROM scope() GROUP BY 1"
              + " SELECT P AS v, P AS v, trace(tag=2) AS b FROM scope()");

  private final Catalog traced = HostCatalog.create().declarations(Traced.class);
  private final Vql vql = Vql.builder().catalog(traced).build();
  private final PlainInterpreter plain =
      new PlainInterpreter(
          vql.session(QueryOptions.defaults()).scope(),
          List.of(
              new org.minivql.builtin.core.GeneratedCatalog(),
              new org.minivql.builtin.collection.GeneratedCatalog(),
              new org.minivql.builtin.lambda.GeneratedCatalog(),
              traced));

  @Provide
  Arbitrary<String> programs() {
    return Gens.meaningfulPrograms();
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void planningDoesNotShow(@ForAll("programs") String program) {
    compare(program);
  }

  @Property(tries = 50_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("soak")
  void planningDoesNotShowInManyPrograms(@ForAll("programs") String program) {
    compare(program);
  }

  @Example
  void planningDoesNotShowWhereItDid() {
    FOUND.forEach(this::compare);
  }

  private void compare(String program) {
    Traced expected = new Traced();
    PlainInterpreter.Outcome outcome;
    try {
      outcome = plain.run(program, Map.of(Traced.class, expected));
    } catch (NotComparable e) {
      Assume.that(false);
      return;
    }
    Traced actual = new Traced();
    Run run = Run.of(vql, program, QueryOptions.defaults().withService(Traced.class, actual));
    assertThat(run.rows()).as("rows of %s", program).isEqualTo(outcome.rows());
    assertThat(actual.marks()).as("side effects of %s", program).isEqualTo(expected.marks());
    assertThat(run.log()).as("log of %s", program).isEqualTo(outcome.log());
  }
}
