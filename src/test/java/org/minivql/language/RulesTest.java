package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.minivql.Profile;
import org.minivql.Vql;
import org.minivql.testing.Run;

/** What follows from rules of the language in cases that one seldom thinks of. */
class RulesTest {
  private static final String UNSORTED =
      "SELECT * FROM foreach(row=[dict(a=3), dict(b=1), dict(a=1)]) ORDER BY a";

  private static Run run(Profile profile, String program) {
    return Run.of(Vql.builder().profile(profile).build(), program);
  }

  @Test
  void aRepeatedParameterHasItsLastDefault() {
    Run run =
        run(
            Profile.BARE,
            "LET F(a=1, b, a=2, a) = (a, b) SELECT F(b=3) AS A, F(a=4, b=5) AS B FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":[2,3],\"B\":[4,5]}");
    assertThat(run.log()).isEmpty();
  }

  @Test
  void rowsThatCannotBeSortedAreToldWhereTheyLeave() {
    Run run = run(Profile.VELOCIRAPTOR, UNSORTED + " LIMIT 2");
    assertThat(run.rows()).containsExactly("{\"a\":3}", "{\"b\":1}");
    assertThat(run.log()).containsExactly("Order by column a not present in row");
    assertThat(run.lines().get(0).at()).hasToString("1:" + (UNSORTED.length()));
    assertThat(run(Profile.BARE, UNSORTED).log()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreNoPattern() {
    Run run =
        run(
            Profile.BARE,
            "SELECT \"\\xff\" =~ \"a\\xff.\" AS A, split(string='a', sep=\"[\\xc3]\") AS B"
                + " FROM range(end=2)");
    assertThat(run.rows()).containsOnly("{\"A\":false,\"B\":null}").hasSize(2);
    assertThat(run.log())
        .containsExactly(
            "Compile regexp: error parsing regexp: invalid UTF-8: `\uFFFD.`",
            "split: error parsing regexp: invalid UTF-8: `\uFFFD]`",
            "split: error parsing regexp: invalid UTF-8: `\uFFFD]`");
  }

  @Test
  void manyMaterialisedRowsAreToldOnce() {
    String many = "LET Q = SELECT _value FROM range(end=10001) LET M <= Q SELECT len(list=M) AS N ";
    Run run = run(Profile.BARE, many + "FROM scope()");
    assertThat(run.rows()).containsExactly("{\"N\":10001}");
    assertThat(run.log())
        .containsExactly(
            "WARN:During Materialize of StoredQuery SELECT _value FROM range(end=10001):"
                + " Expand larger than 10,000 rows!");
    assertThat(run(Profile.BARE, many.replace("10001", "10000") + "FROM scope()").log()).isEmpty();
  }
}
