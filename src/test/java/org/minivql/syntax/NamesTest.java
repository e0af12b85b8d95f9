package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.syntax.tree.Select;

class NamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "a             | a",
        "`a b`         | a b",
        "`a\\tb`       | a\tb",
        "`\\x41\\101`  | AA",
        "`\\u00e9\\U0001f600` | é\ud83d\ude00",
        "`ab\\qc`      | \\qc",
        "`ab\\x4`      | \\x4",
        "`ab\\ud800`   | \\ud800",
        "`ab\\400`     | \\400",
        "`ab\\`        | \\",
        "`a` + b       | a` +",
      })
  void unquotes(String text, String name) {
    assertThat(Names.unquote(text)).isEqualTo(name.equals("a` +") ? "a` + " : name);
  }

  @Test
  void splitsAtDotsOutsideOfQuotes() {
    assertThat(Names.split("a.`b.c`.d")).isEqualTo(List.of("a", "b.c", "d"));
    assertThat(Names.split(".")).isEqualTo(List.of("", ""));
    assertThat(Names.component("`b\\n`")).isEqualTo("b\\n");
    assertThat(Names.component("b")).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "1+2*3         | 1 + 2 * 3",
        "a and b       | a  and b",
        "x AS `y z`    | y z",
        "`y z`         | y z",
        "b[:c]         | b[: c]",
        "{select a from b limit 1} | { SELECT a FROM b LIMIT 1  }",
        "0x10          | 16",
        "f()           | f()",
      })
  void namesColumnsByTheirText(String column, String name) {
    Select select = (Select) Parser.parse("SELECT " + column + " FROM t").statements().get(0);
    assertThat(Names.columnName(select.columns().get(0))).isEqualTo(name);
  }
}
