package org.minivql.builtin.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.testing.Run;
import org.minivql.value.Dict;

/** A dict that a program made is changed where it is; what others share is not. */
class SetTest {
  private static final Vql ENGINE = Vql.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "LET D <= dict(n=1) LET _ <= set(item=D, field='m', value=2)~{\"n\":1,\"m\":2}",
        "LET D <= dict(n=1, m=2) LET _ <= set(item=D, field='n', value=3)~{\"m\":2,\"n\":3}",
        "LET D <= dict() LET _ <= set(item=D, field='n', value=NULL)~{\"n\":null}",
        "LET D <= dict(n=dict(x=1)) LET _ <= set(item=D.n, field='y', value=2)"
            + "~{\"n\":{\"x\":1,\"y\":2}}",
        "LET D <= dict() LET _ <= SELECT set(item=D, field=_value, value=_value * 2)"
            + " FROM range(end=3)~{\"0\":0,\"1\":2,\"2\":4}",
        "LET D <= dict(n=1) + dict(m=2) LET _ <= set(item=D, field='o', value=3)"
            + "~{\"n\":1,\"m\":2,\"o\":3}",
        "LET D <= to_dict(item={SELECT 'n' AS _key, 1 AS _value FROM scope()})"
            + " LET _ <= set(item=D, field='m', value=2)~{\"n\":1,\"m\":2}",
        "LET D <= set(item=set(item=dict(), field='n', value=1), field='m', value=2)"
            + "~{\"n\":1,\"m\":2}",
        "LET D = dict(n=1) LET _ <= set(item=D, field='m', value=2)~{\"n\":1}",
      })
  void changesWhatTheProgramMade(String program, String dict) {
    Run run = Run.of(ENGINE, program + " SELECT D FROM scope()");
    assertThat(run.rows()).containsExactly("{\"D\":" + dict + "}");
    assertThat(run.log()).isEmpty();
  }

  @Test
  void countsUnderNamesThatAppearAsItGoes() {
    Run run =
        Run.of(
            ENGINE,
            "LET Seen <= dict()\n"
                + "LET Add(K) = set(item=Seen, field=K, value=get(item=Seen, field=K, default=0) +"
                + " 1)\n"
                + "LET _ <= SELECT Add(K=Word) FROM foreach(row=(dict(Word='b'), dict(Word='a'),"
                + " dict(Word='b')))\n"
                + "SELECT Seen, Seen.b AS B, len(list=Seen) AS N FROM scope()");
    assertThat(run.rows()).containsExactly("{\"Seen\":{\"a\":1,\"b\":2},\"B\":2,\"N\":2}");
  }

  @Test
  void givesACopyOfARow() {
    Run run =
        Run.of(
            ENGINE,
            "LET Rows <= SELECT _value AS N FROM range(end=2)\n"
                + "SELECT set(item=Rows[0], field='N', value=9) AS A, Rows[0] AS B FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":{\"N\":9},\"B\":{\"N\":0}}");
  }

  @Test
  void leavesAVariableOfTheHostToOtherRuns() {
    QueryOptions options = QueryOptions.defaults().withEnv(Map.of("D", Dict.of("n", 1L)));
    String program = "LET _ <= set(item=D, field='n', value=2) SELECT D FROM scope()";
    Run.of(ENGINE, program, options);
    assertThat(Run.of(ENGINE, program, options).rows()).containsExactly("{\"D\":{\"n\":1}}");
  }

  @Test
  void keepsTheColumnsOfALayer() {
    Run run =
        Run.of(
            ENGINE,
            "LET D <= dict(a=1, b=2)\n"
                + "SELECT * FROM foreach(row=D, query={SELECT set(item=D, field='a', value=7).a AS S,"
                + " a, b FROM scope()})");
    assertThat(run.rows()).containsExactly("{\"S\":7,\"a\":1,\"b\":2}");
  }
}
