package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

class RowWritersTest {
  private final StringBuilder out = new StringBuilder();

  private static void statement(RowWriter writer, Dict... rows) throws IOException {
    writer.begin();
    for (Dict row : rows) {
      writer.row(row);
    }
    writer.end();
  }

  @Test
  void jsonIsAnIndentedArrayAStatement() throws IOException {
    JsonRows rows = new JsonRows(out);
    statement(rows, Dict.of("A", 1L, "B", Dict.of("c", List.of("x", true))), Dict.of("A", null));
    statement(rows);

    assertThat(out.toString())
        .isEqualTo(
            """
            [
             {
              "A": 1,
              "B": {
               "c": [
                "x",
                true
               ]
              }
             },
             {
              "A": null
             }
            ]
            []
            """);
  }

  @Test
  void jsonIsCompleteWhereTheRunIsCut() throws IOException {
    JsonRows rows = new JsonRows(out);
    rows.begin();
    rows.row(Dict.of("A", 1L));
    rows.close();
    rows.close();

    assertThat(out.toString()).isEqualTo("[\n {\n  \"A\": 1\n }\n]\n");
  }

  @Test
  void emptyContainersStayShortInJson() throws IOException {
    statement(new JsonRows(out), Dict.of("A", List.of(), "B", Dict.EMPTY), Dict.EMPTY);

    assertThat(out.toString()).isEqualTo("[\n {\n  \"A\": [],\n  \"B\": {}\n },\n {}\n]\n");
  }

  @Test
  void jsonLinesAreOneObjectALine() throws IOException {
    JsonlRows rows = new JsonlRows(out);
    statement(rows, Dict.of("A", 1L), Dict.of("A", "x\ny"));
    statement(rows, Dict.of("B", List.of(1L, 2L)));

    assertThat(out.toString()).isEqualTo("{\"A\":1}\n{\"A\":\"x\\ny\"}\n{\"B\":[1,2]}\n");
  }

  @Test
  void csvHasTheColumnsOfTheFirstRow() throws IOException {
    CsvRows rows = new CsvRows(out);
    statement(rows, Dict.of("A", 1L, "B", "x"), Dict.of("B", "y", "C", 3L));
    statement(rows);
    statement(rows, Dict.of("D", true));

    assertThat(out.toString()).isEqualTo("A,B\n1,x\n,y\n\nD\ntrue\n");
  }

  @Test
  void csvQuotesWhatWouldBreakALine() throws IOException {
    statement(new CsvRows(out), Dict.of("a,b", "say \"hi\"\nthere"));

    assertThat(out.toString()).isEqualTo("\"a,b\"\n\"say \"\"hi\"\"\nthere\"\n");
  }

  @Test
  void csvMarksTextThatLooksLikeAnotherType() {
    for (String text : List.of("1", "-2.5", "1e3", " x", "{x", "[x", "true", "false", "inf")) {
      assertThat(CsvRows.cell(text)).isEqualTo(" " + text);
    }
    for (String text : List.of("", "x", "a1", "-x", "C:\\x", "e3")) {
      assertThat(CsvRows.cell(text)).isEqualTo(text);
    }
  }

  @Test
  void csvWritesEveryTypeSoThatItReadsBack() {
    assertThat(CsvRows.cell(null)).isEmpty();
    assertThat(CsvRows.cell(1e21)).isEqualTo("1000000000000000000000");
    assertThat(CsvRows.cell(-0.5)).isEqualTo("-0.5");
    assertThat(CsvRows.cell(Timestamp.ofEpochSecond(0))).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(CsvRows.cell(Bytes.decode(new byte[] {(byte) 0xff, 0}))).isEqualTo("base64:/wA=");
  }
}
