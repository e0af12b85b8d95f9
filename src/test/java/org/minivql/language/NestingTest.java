package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.format.CsvRows;
import org.minivql.format.Json;
import org.minivql.format.JsonRows;
import org.minivql.format.JsonlRows;
import org.minivql.format.RowWriter;
import org.minivql.format.TableRows;
import org.minivql.value.Dict;
import org.minivql.value.HostValues;

/** Values nested so deeply that a recursion over them would fill the stack. */
class NestingTest {
  private static final String LOG =
      "WARN:A value is nested more than 1000 levels deep, or holds itself: what is deeper counts as"
          + " NULL";
  private static final int LEVELS = 100_000;
  private static final int STACK = 256 << 10;

  private final Vql engine = Vql.builder().build();
  private final List<String> log = new ArrayList<>();
  private final List<Dict> rows = new ArrayList<>();
  private RunResult result;

  private static Object lists(int levels) {
    Object value = 1L;
    for (int i = 0; i < levels; i++) {
      List<Object> list = new ArrayList<>();
      list.add(value);
      value = list;
    }
    return value;
  }

  private static Object dicts(int levels) {
    Object value = 1L;
    for (int i = 0; i < levels; i++) {
      value = Dict.of("a", value);
    }
    return value;
  }

  private static Object both(int levels) {
    Object value = 1L;
    for (int i = 0; i < levels; i++) {
      value = Dict.of("a", new ArrayList<>(List.of(value)));
    }
    return value;
  }

  private void run(String query, long budget, Object... layer) {
    QueryOptions options =
        QueryOptions.defaults()
            .withLayer(Dict.of(layer))
            .withMemoryBudget(budget)
            .withLog(line -> log.add(line.text()));
    rows.clear();
    result = engine.compile(query).run(options, rows::add);
  }

  /** On a stack as small as those of worker threads. */
  private static void onSmallStack(Runnable work) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread thread = new Thread(null, work, "small", STACK);
    thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
    thread.start();
    thread.join();
    assertThat(failure[0]).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A = B",
        "A != B",
        "A IN (B,)",
        "A < B",
        "A > B",
        "A >= B",
        "A + B",
        "A =~ 'zz'",
        "A.nosuch",
        "A.a.a",
        "A[0]",
        "NOT A",
        "str(str=A)",
        "format(format='%v %s %d %#v %q %T', args=(A, A, A, A, A, A))",
        "serialize(item=A)",
        "serialize(item=A, format='yaml')",
        "serialize(item=(dict(x=A),), format='csv')",
        "serialize(item=A, format='string')",
        "join(array=(A, B), sep=',')",
        "len(list=A)",
        "typeof(a=A)",
        "dict(x=A)",
        "array(a=A)",
        "to_dict(item=A)",
        "items(item=A)",
        "filter(list=(A, B), regex='x')",
        "any(items=A, regex='x')",
        "all(items=(A, B), filter='x=>x=1')",
        "similarity(set1=dict(x=A), set2=dict(x=B))",
        "patch(item=A, merge=B)",
        "patch(item=dict(a=1), patch=dict(op='add', path='/b', value=A))",
        "patch(item=A, patch=dict(op='test', path='', value=B))",
        "template(template='{{ . }} {{ json . }}', expansion=A)",
        "get(item=A, member='a.a.0.a')",
        "cache(key=A, func=1)",
        "hash(path=A, accessor='data')",
        "timestamp(epoch=A)",
        "regex_replace(source=A, re='x', replace='y')",
        "url(query=dict(a=A))",
        "enumerate(items=A)",
        "min(item=A)",
        "log(message='%v', args=A)",
        "alert(name='x', a=A)",
      })
  void everyOperatorAndFunctionEnds(String expression) throws InterruptedException {
    for (Object[] pair :
        new Object[][] {
          {lists(LEVELS), lists(LEVELS)}, {dicts(LEVELS), dicts(LEVELS)}, {both(LEVELS), both(3000)}
        }) {
      onSmallStack(
          () ->
              run(
                  "SELECT " + expression + " AS X, 1 AS Y FROM range(end=2)",
                  Long.MAX_VALUE,
                  "A",
                  pair[0],
                  "B",
                  pair[1]));
      assertThat(result.limit()).isNull();
      assertThat(rows).hasSize(2).extracting(row -> row.get("Y")).containsOnly(1L);
      assertThat(log).noneMatch(line -> line.contains("PANIC"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT A FROM range(end=50) ORDER BY A",
        "SELECT A, count() AS C FROM range(end=50) GROUP BY A",
        "LET Q <= SELECT A, _value FROM range(end=50) SELECT * FROM Q",
        "SELECT * FROM flatten(query={SELECT A FROM range(end=2)})",
        "SELECT * FROM foreach(row=A, query={SELECT A FROM scope()})",
        "SELECT * FROM items(item=A)",
        "SELECT * FROM dedup(query={SELECT A FROM range(end=50)}, key='A')",
        "SELECT A FROM foreach(row={SELECT * FROM range(end=20)}, workers=4,"
            + " query={SELECT A, str(str=A) AS S FROM scope()})",
        "LET M <= memoize(key='A', query={SELECT A FROM range(end=3)}) SELECT get(item=M, field=A)"
            + " FROM scope()",
        "SELECT * FROM column_filter(include='A', query={SELECT A FROM range(end=2)})",
        "EXPLAIN SELECT A FROM range(end=2) WHERE A",
      })
  void everyStageEnds(String query) throws InterruptedException {
    for (Object value : new Object[] {lists(LEVELS), dicts(LEVELS), both(LEVELS)}) {
      for (long budget : new long[] {1000, Long.MAX_VALUE}) {
        onSmallStack(() -> run(query, budget, "A", value));
        assertThat(result.limit()).isNull();
        assertThat(log).noneMatch(line -> line.contains("PANIC"));
      }
    }
  }

  @Test
  void whatIsDeeperIsToldOnceAndNull() {
    run(
        "SELECT serialize(item=A) AS X, A = B AS Same, A = C AS Other FROM range(end=3)",
        Long.MAX_VALUE,
        "A",
        dicts(3000),
        "B",
        dicts(3000),
        "C",
        Dict.of("a", Dict.of("a", 2L)));
    assertThat(log).containsExactly(LOG);
    assertThat((String) rows.get(0).get("X")).contains("null").doesNotContain("1");
    assertThat(rows.get(0).get("Same")).isEqualTo(true);
    assertThat(rows.get(0).get("Other")).isEqualTo(false);
  }

  @Test
  void aThousandLevelsAreWhole() {
    run("SELECT serialize(item=A) AS X FROM scope()", Long.MAX_VALUE, "A", dicts(1000));
    assertThat(log).isEmpty();
    assertThat((String) rows.get(0).get("X")).contains("\"a\": 1\n");
    assertThat(Json.text(lists(1000))).isEqualTo("[".repeat(1000) + "1" + "]".repeat(1000));
    assertThat(Json.text(lists(1001))).contains("null");
  }

  @Test
  void aDictMayHoldItself() {
    run(
        "LET D <= dict(x=1) LET _ <= set(item=D, field='me', value=D)"
            + " SELECT len(list=serialize(item=D)) > 1000 AS L, D = D AS Same, str(str=D) =~ 'null'"
            + " AS Cut FROM scope()",
        Long.MAX_VALUE);
    assertThat(rows.get(0).toMap()).containsEntry("L", true).containsEntry("Cut", true);
    assertThat(log).containsExactly(LOG);
  }

  @Test
  void rowsOfAnyDepthAreWritten() throws InterruptedException {
    for (Object value : new Object[] {lists(LEVELS), dicts(LEVELS), both(LEVELS)}) {
      onSmallStack(
          () -> {
            StringWriter out = new StringWriter();
            for (RowWriter writer :
                List.of(
                    new JsonRows(out),
                    new JsonlRows(out),
                    new CsvRows(out),
                    new TableRows(out, 100))) {
              write(writer, Dict.of("A", value));
            }
            assertThat(out.toString()).contains("null");
          });
    }
  }

  private static void write(RowWriter writer, Dict row) {
    try (writer) {
      writer.begin();
      writer.row(row);
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void deepDictsAreEqualHashedAndShownInJava() throws InterruptedException {
    onSmallStack(
        () -> {
          assertThat(both(LEVELS).equals(both(LEVELS))).isTrue();
          assertThat(both(3).equals(both(4))).isFalse();
          assertThat(both(LEVELS)).hasSameHashCodeAs(both(LEVELS));
          assertThat(both(LEVELS).toString()).contains("{a=[{a=[").contains("…");
        });
    assertThat(Dict.of("a", 1L, "b", List.of(Dict.EMPTY, List.of())).toString())
        .isEqualTo("{a=1, b=[{}, []]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parse_json(data='{\"a\":' + '[' * 100000 + ']' * 100000 + '}')",
        "parse_json_array(data='[' * 100000 + ']' * 100000)",
        "parse_yaml(accessor='data', filename='[' * 100000 + ']' * 100000)",
        "parse_xml(accessor='data', file='<a>' * 100000 + '</a>' * 100000)",
        "regex_replace(source='a', re='(' * 100000 + ')' * 100000, replace='b')",
        "'a' =~ ('(' * 100000 + ')' * 100000)",
        "eval(func='x=>' + '(' * 100000 + '1' + ')' * 100000)",
        "template(template='{{' + '(' * 100000 + '1' + ')' * 100000 + '}}', expansion=dict(a=1))",
      })
  void deepTextsAreRefused(String expression) throws InterruptedException {
    onSmallStack(
        () -> run("SELECT " + expression + " AS X, 1 AS Y FROM range(end=1)", Long.MAX_VALUE));
    assertThat(result.limit()).isNull();
    assertThat(rows.get(0).get("Y")).isEqualTo(1L);
    assertThat(log).isNotEmpty().noneMatch(line -> line.contains("PANIC"));
  }

  @Test
  void valuesOfApplicationsMayBeAsDeep() throws InterruptedException {
    onSmallStack(
        () -> {
          assertThat(Json.text(HostValues.toVql(maps(1000)))).contains("{\"a\":1}");
          assertThatThrownBy(() -> HostValues.toVql(maps(3000)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("nested too deeply");
        });
  }

  private static Object maps(int levels) {
    Object value = 1L;
    for (int i = 0; i < levels; i++) {
      value = Map.of("a", value);
    }
    return value;
  }

  @Test
  void theEngineStaysUsable() {
    run("SELECT A = B AS X FROM scope()", Long.MAX_VALUE, "A", lists(LEVELS), "B", lists(LEVELS));
    run("SELECT 1 + 1 AS X FROM scope()", Long.MAX_VALUE);
    assertThat(rows.get(0).get("X")).isEqualTo(2L);
    assertThat(result.limit()).isNull();
    assertThat(log).allMatch(line -> LogLine.of(line).level() != LogLine.Level.ERROR);
  }
}
