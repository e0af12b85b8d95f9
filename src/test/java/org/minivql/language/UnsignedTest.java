package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.value.Dict;
import org.minivql.value.Unsigned;

/** Integers above 2^63-1: written and compared by their value, counted on with as 64 bits. */
class UnsignedTest {
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final Vql engine = Vql.builder().build();

  private Object eval(String expression) {
    List<Dict> rows = new ArrayList<>();
    String text =
        "LET J <= parse_json(data='{\"u\":18446744073709551615,\"v\":9223372036854775808,"
            + "\"w\":18446744073709551616,\"m\":-1}') LET U <= J.u LET V <= J.v SELECT ("
            + expression
            + ") AS X FROM scope()";
    engine.compile(text).run(QueryOptions.defaults(), rows::add);
    return rows.get(0).get("X");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "U                                            | 18446744073709551615",
        "J                                            | {\"u\":18446744073709551615,"
            + "\"v\":9223372036854775808,\"w\":18446744073709552000,\"m\":-1}",
        "parse_json_array(data='[{\"a\":9223372036854775808}]')[0].a | 9223372036854775808",
        "parse_yaml(accessor='data', filename='a: 18446744073709551615').a | 18446744073709551615",
        "parse_binary(accessor='data', filename=unhex(string='ffffffffffffffff'), struct='uint64')"
            + "| 18446744073709551615",
        "parse_binary(accessor='data', filename=unhex(string='8000000000000000'),"
            + " struct='uint64be') | 9223372036854775808",
        "parse_binary(accessor='data', filename=unhex(string='ffffffffffffffff'), struct='int64')"
            + " | -1",
        "parse_binary(accessor='data', filename=unhex(string='ffffffffffffffffff01'),"
            + " struct='leb128') | 18446744073709551615",
        "parse_binary(accessor='data', filename=unhex(string='ffffffffffffffffff01'),"
            + " struct='sleb128') | -1",
        "str(str=U) + ' ' + str(str=V)                | "
            + "\"18446744073709551615 9223372036854775808\"",
        "format(format='%d %v %x %X %o %b', args=(U, V, U, V, V, V)) | "
            + "\"18446744073709551615 9223372036854775808 ffffffffffffffff 8000000000000000"
            + " 1000000000000000000000"
            + " 1000000000000000000000000000000000000000000000000000000000000000\"",
        "format(format='%s', args=U)                  | \"%!s(uint64=18446744073709551615)\"",
        "format(format='[%22d]', args=U)              | \"[  18446744073709551615]\"",
        "serialize(item=U)                            | \"18446744073709551615\"",
        "serialize(item=dict(a=U), format='yaml')     | \"a: 18446744073709551615\\n\"",
        "serialize(item=(dict(a=U),), format='csv')   | \"a\\n18446744073709551615\\n\"",
        "typeof(a=U)                                  | \"uint64\"",
        "int(int=U)                                   | 9223372036854775807",
        "int(int='18446744073709551615')              | 9223372036854775807",
        "U = U AND NOT U = V                          | true",
        "U = -1 OR -1 = U                             | false",
        "U = 18446744073709551615.0                   | true",
        "18446744073709551615.0 = U                   | true",
        "V = 9223372036854775808.0                    | true",
        "TRUE = U OR U = TRUE                         | false",
        "U > V AND V < U AND V <= V AND V >= V        | true",
        "V > 9223372036854775807                      | true",
        "9223372036854775807 < V                      | true",
        "V < 9223372036854775807                      | false",
        "U > -1 AND U > 0 AND 1 < U                   | true",
        "U > 1.5 AND 1.5 < U                          | true",
        "U > 1e30                                     | false",
        "U IN (1, U)                                  | true",
        "-1 IN (1, U)                                 | false",
        "if(condition=U, then='yes', else='no')       | \"yes\"",
        "U =~ '^1844'                                 | true",
        "U + 1                                        | 0",
        "1 + V                                        | -9223372036854775807",
        "U + 0.5                                      | 18446744073709552000",
        "0.5 + U                                      | 18446744073709552000",
        "V - 1                                        | 9223372036854775807",
        "V * 1.0                                      | 9223372036854776000",
        "V / 2                                        | 4611686018427388000",
        "U / U                                        | 1",
        "(1, 2) + U                                   | [1,2,18446744073709551615]",
        "U + (1, 2)                                   | [18446744073709551615,1,2]",
        "'a' + U                                      | null",
        "U + NULL                                     | null",
        "U + 'a'                                      | null",
        "-J.v                                         | -9223372036854775808",
        "timestamp(epoch=V)                           | \"2262-04-11T23:47:16.854775808Z\"",
        "to_dict(item=U)                              | {}",
        "cache(key=U, func=1, name='u')               | 1",
      })
  void everyOperatorKnowsThem(String expression, String expected) {
    assertThat(Json.text(eval(expression))).isEqualTo(expected);
  }

  @Test
  void theyAreSortedGroupedAndKeptInFilesByValue() {
    List<Dict> rows = new ArrayList<>();
    engine
        .compile(
            "LET VQL_MATERIALIZE_ROW_LIMIT <= 2 LET Q <= SELECT * FROM parse_json_array("
                + "data='[{\"a\":18446744073709551615},{\"a\":-1},{\"a\":9223372036854775808},"
                + "{\"a\":9223372036854775807},{\"a\":18446744073709551615}]')"
                + " SELECT a, count() AS C FROM Q GROUP BY a ORDER BY a")
        .run(QueryOptions.defaults(), rows::add);
    assertThat(rows)
        .extracting(row -> row.get("a") + "*" + row.get("C"))
        .containsExactly(
            "-1*1", "9223372036854775807*1", "9223372036854775808*1", "18446744073709551615*2");
  }

  @Property(tries = 500)
  void applicationsGiveAndGetThemExactly(
      @ForAll @BigRange(min = "-9223372036854775808", max = "18446744073709551615") BigInteger a,
      @ForAll @BigRange(min = "-9223372036854775808", max = "18446744073709551615") BigInteger b) {
    List<Dict> rows = new ArrayList<>();
    engine
        .compile("SELECT a, a < b AS Less, a > b AS More, a = b AS Same FROM scope()")
        .run(QueryOptions.defaults().withEnv(Map.of("a", a, "b", b)), rows::add);
    Dict row = rows.get(0);
    assertThat(row.get("a").toString()).isEqualTo(a.toString());
    assertThat(row.get("a")).isInstanceOf(a.bitLength() < Long.SIZE ? Long.class : Unsigned.class);
    assertThat(row.get("Less")).isEqualTo(a.compareTo(b) < 0);
    assertThat(row.get("More")).isEqualTo(a.compareTo(b) > 0);
    assertThat(row.get("Same")).isEqualTo(a.equals(b));
    assertThat(a).isLessThanOrEqualTo(LARGEST);
  }
}
