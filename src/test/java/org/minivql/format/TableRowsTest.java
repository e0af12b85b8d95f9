package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;

class TableRowsTest {
  private final StringBuilder out = new StringBuilder();

  private String table(int width, Dict... rows) throws IOException {
    TableRows table = new TableRows(out, width);
    table.begin();
    for (Dict row : rows) {
      table.row(row);
    }
    table.end();
    return out.toString();
  }

  @Test
  void alignsTextLeftAndNumbersRight() throws IOException {
    assertThat(table(0, Dict.of("Name", "ab", "Count", 5L), Dict.of("Name", "c", "Count", 1234L)))
        .isEqualTo(
            """
            Name  Count
            ────  ─────
            ab        5
            c      1234
            """);
  }

  @Test
  void measuresWideAndCombiningCharacters() throws IOException {
    assertThat(table(0, Dict.of("A", "日本", "B", "x"), Dict.of("A", "e\u0301a", "B", "y")))
        .isEqualTo("A     B\n────  ─\n日本  x\ne\u0301a    y\n");
  }

  @Test
  void cutsCellsToTheTerminalWithAnEllipsis() throws IOException {
    String text = table(20, Dict.of("A", "x".repeat(50), "B", "short"));

    assertThat(text.lines()).allMatch(line -> DisplayWidth.of(line) <= 20);
    assertThat(text).contains("xxxxxxxxxxxx…  short");
  }

  @Test
  void showsANestedDictLineByLine() throws IOException {
    Dict inner = Dict.of("Hostname", "a-rather-long-host-name.example", "Tags", List.of("a", "b"));

    assertThat(table(0, Dict.of("Id", 1L, "Info", inner)))
        .isEqualTo(
            """
            Id  Info
            ──  ─────────────────────────────────────────
             1  Hostname: a-rather-long-host-name.example
                Tags: [a, b]
            """);
  }

  @Test
  void showsASmallDictOnOneLine() throws IOException {
    assertThat(table(0, Dict.of("Info", Dict.of("a", 1L, "b", null))))
        .endsWith("{a: 1, b: NULL}\n");
  }

  @Test
  void doesNotSendControlCharactersOfAValue() throws IOException {
    assertThat(table(0, Dict.of("A", "\u001b[31mred\u202e"))).contains("\\x1b[31mred\\u202e");
  }

  @Test
  void startsANewTableForAnUnknownColumn() throws IOException {
    TableRows table = new TableRows(out, 0);
    table.begin();
    table.row(Dict.of("A", "1"));
    table.flush();
    table.row(Dict.of("A", "1", "B", "2"));
    table.close();

    assertThat(out.toString()).isEqualTo("A\n─\n1\n\nA  B\n─  ─\n1  2\n");
  }

  @Test
  void holdsRowsBackOnlyUntilTheyAreAskedFor() throws IOException {
    TableRows table = new TableRows(out, 0);
    table.begin();
    table.row(Dict.of("A", "1"));
    assertThat(out).isEmpty();
    table.flush();
    assertThat(out.toString()).endsWith("1\n");
  }
}
