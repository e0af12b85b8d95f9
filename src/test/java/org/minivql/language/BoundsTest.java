package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.value.Dict;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;

/** What would break an interpreter that trusts its input. */
class BoundsTest {
  private final Vql engine = Vql.builder().build();
  private final List<String> log = new ArrayList<>();

  private List<Dict> run(String query, Map<String, ?> env) {
    List<Dict> rows = new ArrayList<>();
    engine
        .compile(query)
        .run(QueryOptions.defaults().withEnv(env).withLog(line -> log.add(line.text())), rows::add);
    return rows;
  }

  @Test
  void tenThousandLevelsAreRefusedWithAPlace() {
    String deep = "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + " FROM scope()";
    assertThatThrownBy(() -> engine.compile(deep))
        .isInstanceOf(VqlSyntaxException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void endlessRecursionOfExpressionsIsNull() {
    List<Dict> rows =
        run("LET X = X + 1 LET F(x) = F(x=x + 1) SELECT X, F(x=1) FROM scope()", Map.of());
    assertThat(rows.get(0).cell(0)).isNull();
    assertThat(rows.get(0).cell(1)).isNull();
    assertThat(log).isNotEmpty().allMatch(line -> line.startsWith("Stack Overflow: SELECT X"));
  }

  @Test
  void endlessRecursionOfQueriesEnds() {
    List<Dict> rows = run("LET Q(x) = SELECT * FROM Q(x=x + 1) SELECT * FROM Q(x=1)", Map.of());
    assertThat(rows).isEmpty();
    assertThat(log).anyMatch(line -> line.startsWith("Stack Overflow: "));
  }

  @Test
  void recursionMayGoNineHundredLevelsDeepOnAnyThread() throws InterruptedException {
    List<Dict> rows = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () ->
                rows.addAll(
                    run(
                        "LET F(x) = if(condition=x > 0, then=x + F(x=x - 1), else=0)"
                            + " SELECT F(x=900) AS S FROM scope()",
                        Map.of())),
            "small",
            256 << 10);
    small.start();
    small.join();
    assertThat(rows.get(0).get("S")).isEqualTo(405450L);
  }

  @Test
  void hostilePatternsTakeLinearTime() {
    String text = "x".repeat(200_000);
    List<Dict> rows = run("SELECT T =~ '(x+x+)+y' AS A FROM scope()", Map.of("T", text));
    assertThat(rows.get(0).get("A")).isEqualTo(false);
  }

  @Test
  void stringsMayHoldAnyByte() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    List<Dict> rows =
        run(
            "SELECT len(list=B) AS L, B[255] AS Last, B + B = B * 2 AS Same FROM scope()",
            Map.of("B", all));
    assertThat(rows.get(0).toMap())
        .containsEntry("L", 256L)
        .containsEntry("Last", 255L)
        .containsEntry("Same", true);
  }

  @Test
  void stringsDoNotGrowWithoutBound() {
    List<Dict> rows =
        run("LET A <= 'x' * 60000000 SELECT A + A AS Sum, A * 2 AS Product FROM scope()", Map.of());
    assertThat(rows.get(0).get("Sum")).isNull();
    assertThat(rows.get(0).get("Product")).isNull();
    assertThat(log).hasSize(2).allMatch(line -> line.contains("exceeded memory limits"));
  }

  /** A value of an application. */
  private record Money(long cents) {}

  @Test
  void applicationsBringTheirOwnOperators() {
    Protocol money =
        new Protocol() {
          @Override
          public Object add(Scope scope, Object a, Object b) {
            return a instanceof Money x && b instanceof Money y
                ? new Money(x.cents() + y.cents())
                : PASS;
          }

          @Override
          public Object less(Scope scope, Object a, Object b) {
            return a instanceof Money x && b instanceof Money y
                ? (Object) (x.cents() < y.cents())
                : PASS;
          }

          @Override
          public Object text(Scope scope, Object value) {
            return value instanceof Money m ? m.cents() + "c" : PASS;
          }
        };
    List<Dict> rows = new ArrayList<>();
    Vql.builder()
        .protocol(money)
        .build()
        .compile("SELECT format(format='%v', args=A + B) AS Sum, A < B AS Less FROM scope()")
        .run(
            QueryOptions.defaults().withLayer(Dict.of("A", new Money(5), "B", new Money(7))),
            rows::add);
    assertThat(rows.get(0).toMap()).containsEntry("Sum", "12c").containsEntry("Less", true);
  }
}
