package org.minivql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.runtime.SpillFile;
import org.minivql.runtime.SpillReader;
import org.minivql.testing.TestScope;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;

/** With hardly any memory queries give the same rows as with plenty. */
class SpillProperties {
  private static final long LITTLE = 4_000;

  private final Vql vql = Vql.builder().build();

  private List<String> rows(String program, List<Object> data, long budget) {
    List<String> rows = new ArrayList<>();
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(Map.of("Data", data))
            .withMemoryBudget(budget)
            .withLog(line -> rows.add(line.text()));
    vql.compile(program).run(options, row -> rows.add(row.toString()));
    return rows;
  }

  private void same(String program, List<Object> data) {
    assertThat(rows(program, data, LITTLE)).isEqualTo(rows(program, data, Long.MAX_VALUE));
  }

  @Provide
  Arbitrary<List<Object>> texts() {
    return Arbitraries.of("", "a", "B", "b", "\u00e9", "\u20ac", "\ud83d\ude00", "long ".repeat(9))
        .map(text -> (Object) text)
        .injectNull(0.1)
        .list()
        .ofMaxSize(300);
  }

  @Provide
  Arbitrary<List<Object>> numbers() {
    return Arbitraries.longs().between(-20, 200).map(n -> (Object) n).list().ofMaxSize(400);
  }

  @Property(tries = 60)
  void textsInOrder(@ForAll("texts") List<Object> data) {
    String query =
        "LET Items = SELECT Item, count() AS N FROM foreach(row=Data, query={"
            + "SELECT _value AS Item FROM scope()}) SELECT Item, N FROM Items ORDER BY Item";
    same(query, data);
    same(query + " DESC", data);
    same(query + " DESC LIMIT 3", data);
  }

  @Property(tries = 60)
  void numbersInOrder(@ForAll("numbers") List<Object> data) {
    String query = "SELECT _value AS Item, count() AS N FROM foreach(row=Data) ORDER BY Item";
    same(query, data);
    same(query + " DESC", data);
  }

  @Property(tries = 60)
  void groups(@ForAll("numbers") List<Object> data) {
    same(
        "SELECT _value AS Item, count() AS N, sum(item=_value) AS S, enumerate(items=_value) AS E"
            + " FROM foreach(row=Data) WHERE Item > 0 GROUP BY Item",
        data);
    same(
        "SELECT *, count() AS N FROM foreach(row=Data) GROUP BY _value / 2 ORDER BY _value LIMIT 9",
        data);
  }

  @Property(tries = 60)
  void materialised(@ForAll("texts") List<Object> data) {
    same(
        "LET X <= SELECT _value AS V, dict(a=_value) AS D, (1, 2.5, NULL, TRUE) AS L"
            + " FROM foreach(row=Data) SELECT * FROM X"
            + " SELECT X[0].V AS A, X[-1] AS B, X[7].D.a AS C, len(list=X) AS N,"
            + " X.V AS All FROM scope() SELECT count() AS N FROM X WHERE V =~ 'a'",
        data);
  }

  @Property(tries = 200)
  void valuesComeBackAsTheyWere(@ForAll long number, @ForAll double real, @ForAll String text) {
    List<Object> values =
        Arrays.asList(
            number,
            real,
            text,
            null,
            true,
            Dict.of("a", number, text.isEmpty() ? "b" : text, Dict.EMPTY),
            new ArrayList<>(Arrays.asList(text, null, number)),
            Timestamp.ofEpochSecond(number % 1_000_000_000L),
            Absent.ABSENT,
            Values.NIL,
            new Object());
    try (SpillFile file = new SpillFile(TestScope.of())) {
      values.forEach(file::write);
      long middle = file.position();
      file.write(text.repeat(5000));
      SpillReader reader = file.read(0);
      for (Object value : values) {
        assertThat(reader.next()).isEqualTo(value);
      }
      assertThat(reader.next()).isEqualTo(text.repeat(5000));
      assertThat(reader.hasNext()).isFalse();
      assertThat(file.read(middle).next()).isEqualTo(text.repeat(5000));
    }
  }
}
