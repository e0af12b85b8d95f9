package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.Vql;
import org.minivql.testing.Run;

/** What functions make of definitions and of the scope. */
class DefinitionsAsArgumentsTest {
  private static final String DEFINITIONS =
      "LET Kept <= SELECT * FROM range(end=4)\n"
          + "LET Later = SELECT * FROM range(end=4)\n"
          + "LET Nested <= dict(a=dict(b='deep'))\n"
          + "LET Number = 20\n";

  private final Vql engine = Vql.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "len(list=Kept)~4",
        "len(list=Later)~0",
        "len(list={SELECT * FROM range(end=4)})~0",
        "len(list=array(_=Later))~4",
        "eval(func='all=>all.Number + 1')~21",
        "eval(func='n=>n + Number', args=1)~21",
        "get(member='Nested.a.b')~\"deep\"",
        "get(member='Nested.a.c', default='none')~\"none\"",
        "to_dict(item={SELECT str(str=_value) AS _key, _value FROM Later LIMIT 2})~"
            + "{\"0\":0,\"1\":1}",
        "to_dict(item={SELECT _value AS _key, _value FROM Later})~{}",
        "Kept[6]._value~2",
        "Later[6]~null",
        "slice(list='hello', start=-1, end=3)~[]",
        "dirname(path='D:\\\\x\\\\y.doc', sep='\\\\')~\"D:\\\\x\"",
        "relpath(path='/x/y/z', base='/w')~\"../x/y/z\"",
      })
  void definitionsAreTakenAsTheyStand(String expression, String value) {
    Run run = Run.of(engine, DEFINITIONS + "SELECT (" + expression + ") AS X FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
    assertThat(run.log()).isEmpty();
  }
}
