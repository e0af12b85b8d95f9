package org.minivql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;

/** Rows as an application reads them. */
class RowTest {
  private record Os(String system) {}

  private record Client(
      String clientId,
      long first,
      int count,
      double share,
      boolean online,
      Instant seen,
      List<Object> labels,
      Map<String, Object> more,
      Os os,
      Object any,
      String missing) {}

  private record Number(int number) {}

  private record Careful(String name) {
    Careful {
      if (name.isEmpty()) {
        throw new IllegalStateException("no name");
      }
    }
  }

  private static Row row(String columns) {
    List<Row> rows = new ArrayList<>();
    Vql.builder()
        .build()
        .compile("SELECT " + columns + " FROM scope()")
        .run(QueryOptions.defaults(), rows::add);
    return rows.get(0);
  }

  @Test
  void aRecordTakesColumnsByTheirNamesInAnyCase() {
    Row row =
        row(
            "'C.1' AS ClientId, 9000000000 AS First, 3 AS Count, 1 AS share, TRUE AS Online,"
                + " timestamp(epoch=60) AS Seen, ('a', 'b') AS Labels, dict(A=1) AS More,"
                + " dict(System='linux') AS Os, 2 AS Any, 'x' AS Other");
    assertThat(row.as(Client.class))
        .isEqualTo(
            new Client(
                "C.1",
                9_000_000_000L,
                3,
                1.0,
                true,
                Instant.ofEpochSecond(60),
                List.of("a", "b"),
                Map.of("A", 1L),
                new Os("linux"),
                2L,
                null));
  }

  @Test
  void theColumnOfTheVeryNameComesFirst() {
    assertThat(row("'a' AS SYSTEM, 'b' AS system").as(Os.class)).isEqualTo(new Os("b"));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> row("'x' AS Number").as(Number.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Number.number: string is no int");
    assertThatThrownBy(() -> row("3000000000 AS Number").as(Number.class))
        .hasMessage("Number.number: 3000000000 is no int");
    assertThatThrownBy(() -> row("NULL AS Number").as(Number.class))
        .hasMessage("Number.number: NULL is no int");
    assertThatThrownBy(() -> row("1 AS Other").as(Number.class))
        .hasMessage("Number.number: NULL is no int");
    assertThatThrownBy(() -> row("'' AS Name").as(Careful.class))
        .hasMessage("Careful refuses its values: java.lang.IllegalStateException: no name");
  }

  @Test
  void columnsAreInOrder() {
    Row row = row("1 AS B, NULL AS A");
    assertThat(row.columns()).containsExactly("B", "A");
    assertThat(row.toMap().keySet()).containsExactly("B", "A");
    assertThat(row.has("A")).isTrue();
    assertThat(row.has("C")).isFalse();
    assertThat(row.get("C")).isNull();
  }
}
