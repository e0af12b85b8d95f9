package org.minivql.builtin.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.spi.Effects;
import org.minivql.testing.Run;

class ParsersTest {
  private static final Vql ENGINE = Vql.builder().build();

  private static Run data(String query, String data) {
    return Run.of(ENGINE, query, QueryOptions.defaults().withEnv(Map.of("D", data)));
  }

  @Test
  void skipsDamagedLinesOfJsonAndSaysSoOnce() {
    Run run =
        data(
            "SELECT * FROM parse_jsonl(accessor='data', filename=D)",
            "{\"a\":1}\n\nnot json\n{\"a\":\n[1,2]\n{\"a\":2}");
    assertThat(run.rows()).containsExactly("{\"a\":1}", "{\"_value\":[1,2]}", "{\"a\":2}");
    assertThat(run.log()).hasSize(1);
    assertThat(run.log().get(0))
        .startsWith("DEFAULT:parse_jsonl: error at line 2: ")
        .endsWith(" skipping all invalid lines");
  }

  @Test
  void readsJsonObjectsOnly() {
    Run run = data("SELECT parse_json(data=D) AS X FROM scope()", " {}");
    assertThat(run.rows()).containsExactly("{\"X\":null}");
    assertThat(run.log()).containsExactly("parse_json: Invalid JSON object:  {}");
  }

  @Test
  void makesTimesOfTextsInObjects() {
    Run run =
        data(
            "SELECT parse_json(data=D).t.Year AS Y FROM scope()",
            "{\"t\":\"2021-03-04T05:06:07Z\"}");
    assertThat(run.rows()).containsExactly("{\"Y\":2021}");
  }

  @Test
  void keepsStrayQuotesAndMultipleLinesInCsv() {
    Run run =
        data(
            "SELECT * FROM parse_csv(accessor='data', filename=D)",
            "\uFEFFa,b\nit\"s,\"two\nlines\"\n\nx,\"say \"\"hi\"\" \"\n");
    assertThat(run.rows())
        .containsExactly(
            "{\"a\":\"it\\\"s\",\"b\":\"two\\nlines\"}", "{\"a\":\"x\",\"b\":\"say \\\"hi\\\" \"}");
  }

  @Test
  void givesCellsTheirTypes() {
    Run run =
        data(
            "SELECT * FROM parse_csv(accessor='data', filename=D, columns=['v'])",
            "007\n-1.5\n1e3\ntrue\n\" 12\"\n{\"\"a\"\":1}\n\"[1,2]\"\nbase64:YQ==\n1-2\n");
    assertThat(run.rows())
        .containsExactly(
            "{\"v\":7}",
            "{\"v\":-1.5}",
            "{\"v\":1000}",
            "{\"v\":true}",
            "{\"v\":\"12\"}",
            "{\"v\":\"{\\\"\\\"a\\\"\\\":1}\"}",
            "{\"v\":[1,2]}",
            "{\"v\":\"a\"}",
            "{\"v\":\"1-2\"}");
  }

  @Test
  void padsAndCutsRecordsToTheirHeader() {
    Run run = data("SELECT * FROM parse_csv(accessor='data', filename=D)", "a,b\n1\n1,2,3\n");
    assertThat(run.rows()).containsExactly("{\"a\":1,\"b\":\"\"}", "{\"a\":1,\"b\":2}");
  }

  @Test
  void expandsNothingThatAnXmlDocumentDeclares() {
    Run run =
        data(
            "SELECT parse_xml(accessor='data', file=D) AS X FROM scope()",
            "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>");
    assertThat(run.rows().get(0)).doesNotContain("root:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UTF-8 | <a>\u00e4</a>",
        "UTF-8 | \uFEFF<a>\u00e4</a>",
        "UTF-8 | <?xml version=\"1.0\" encoding=\"utf-8\"?><a>\u00e4</a>",
        "UTF-16 | <a>\u00e4</a>",
        "ISO-8859-1 | <?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\u00e4</a>",
      })
  void readsXmlInTheEncodingItIsIn(String encoding, String text) {
    String bytes = HexFormat.of().formatHex(text.getBytes(Charset.forName(encoding)));
    Run run =
        data("SELECT parse_xml(accessor='data', file=unhex(string=D)) AS X FROM scope()", bytes);
    assertThat(run.rows()).containsExactly("{\"X\":{\"a\":\"\u00e4\"}}");
  }

  @Test
  void readsXmlWithAttributesAndMixedText() {
    Run run =
        data(
            "SELECT parse_xml(accessor='data', file=D) AS X FROM scope()",
            "<n:r xmlns:n='u' k='1'>before<b>1</b>after<b>2</b></n:r>");
    assertThat(run.rows())
        .containsExactly(
            "{\"X\":{\"r\":{\"#text\":\"before\",\"Attrk\":\"1\",\"Attrn\":\"u\",\"b\":[\"1\",\"2\"]}}}");
  }

  @Test
  void namesRepeatedHeadersOfRecordsApart() {
    Run run =
        data(
            "SELECT * FROM split_records(accessor='data', filenames=D, regex=',',"
                + " first_row_is_headers=TRUE)",
            "a b,a b\n1,2,3\n4\n");
    assertThat(run.rows())
        .containsExactly("{\"a_b\":\"1\",\"a_b1\":\"2\"}", "{\"a_b\":\"4\",\"a_b1\":null}");
  }

  @Test
  void cutsRecordsThatAreTooLong() {
    Run run =
        data(
            "SELECT Column0 AS R FROM split_records(accessor='data', filenames=D, buffer_size=4)",
            "abcdefghij\nk\nabcd\nabc");
    assertThat(run.rows())
        .containsExactly(
            "{\"R\":\"abcd\"}",
            "{\"R\":\"efgh\"}",
            "{\"R\":\"ij\"}",
            "{\"R\":\"k\"}",
            "{\"R\":\"abcd\"}",
            "{\"R\":\"abc\"}");
  }

  @Test
  void endsOnPatternsThatMatchNothing() {
    Run run =
        data(
            "SELECT v FROM parse_records_with_regex(accessor='data', file=D, regex='(?P<v>x*)')",
            "axx");
    assertThat(run.rows()).contains("{\"v\":\"xx\"}");
    assertThat(run.rows().size()).isLessThan(6);
  }

  @Test
  void stopsAFileWithAnOverlongLine() {
    Run run =
        data(
            "SELECT * FROM parse_lines(accessor='data', filename=D, buffer_size=5)",
            "1234\n123456789\n1\n");
    assertThat(run.rows()).containsExactly("{\"Line\":\"1234\"}");
    assertThat(run.log()).containsExactly("parse_lines: bufio.Scanner: token too long");
  }

  @Test
  void readsTheUsualLogLines() {
    Run run =
        data(
            "SELECT grok(grok='%{COMMONAPACHELOG}', data=D) AS G FROM scope()",
            "10.0.0.9 - eve [02/Jan/2024:03:04:05 +0000] \"GET /a HTTP/1.1\" 200 12");
    assertThat(run.rows().get(0))
        .contains("\"clientip\":\"10.0.0.9\"", "\"verb\":\"GET\"", "\"response\":\"200\"");
  }

  @Test
  void readsTheRowsOfADatabase(@TempDir Path folder) throws IOException, SQLException {
    Path file = folder.resolve("x.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n INTEGER, s TEXT, b BLOB, at TIMESTAMP, ok BOOLEAN)");
      statement.execute("INSERT INTO t VALUES (1, 'one', x'6162', 1600000000, 1)");
      statement.execute("INSERT INTO t VALUES (2, NULL, NULL, NULL, 0)");
    }
    Vql engine =
        Vql.builder()
            .service(Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), null)))
            .build();
    QueryOptions options = QueryOptions.defaults().withEnv(Map.of("F", file.toString()));
    Run run =
        Run.of(
            engine,
            "SELECT * FROM sqlite(file=F, query='SELECT * FROM t WHERE n<?', args=9)",
            options);
    assertThat(run.rows())
        .containsExactly(
            "{\"n\":1,\"s\":\"one\",\"b\":\"ab\",\"at\":\"2020-09-13T12:26:40Z\",\"ok\":true}",
            "{\"n\":2,\"s\":null,\"b\":null,\"at\":null,\"ok\":false}");
    Run bad = Run.of(engine, "SELECT * FROM sqlite(file=F, query='DELETE FROM t')", options);
    assertThat(bad.rows()).isEmpty();
    assertThat(bad.log()).anyMatch(line -> line.startsWith("sql: "));
    Path other = folder.resolve("other.db");
    Run attach =
        Run.of(
            engine,
            "SELECT * FROM sqlite(file=F, query='ATTACH ? AS o', args='" + other + "')",
            options);
    assertThat(attach.log()).anyMatch(line -> line.startsWith("sql: "));
    assertThat(other).doesNotExist();
  }

  @Test
  void writesOnlyWhereTheHostAllowsIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("out.csv");
    String query =
        "SELECT * FROM write_csv(filename='"
            + file
            + "', query={SELECT 1 AS a, 'x,y' AS b, NULL AS c FROM scope()})";
    Run refused = Run.of(ENGINE, query);
    assertThat(refused.rows()).isEmpty();
    assertThat(refused.log()).anyMatch(line -> line.contains("write_csv: Permission denied"));
    assertThat(file).doesNotExist();
    Vql recording = Vql.builder().service(Effects.class, effect -> Effects.Decision.RECORD).build();
    assertThat(Run.of(recording, query).rows()).hasSize(1);
    assertThat(file).doesNotExist();
    Vql allowed = Vql.builder().service(Effects.class, Effects.allowAll()).build();
    assertThat(Run.of(allowed, query).rows()).containsExactly("{\"a\":1,\"b\":\"x,y\",\"c\":null}");
    assertThat(Files.readString(file)).isEqualTo("a,b,c\n1,\"x,y\",\n");
  }

  /** Statements, what they yield and what they log; the marks are those of the source above. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        // Elements that are no objects are plain values: no times, floats, maps of any case.
        "parse_json_array(data=D)[0] = '2022-02-03T04:05:06Z'~[\"2022-02-03T04:05:06Z\"]~true~",
        "parse_json_array(data=D)[0].t.Year~[{\"t\":\"2022-02-03T04:05:06Z\"}]~2022~",
        "parse_json_array(data=D)[0][0].t = '2022-02-03T04:05:06Z'"
            + "~[[{\"T\":\"2022-02-03T04:05:06Z\"}]]~true~",
        "parse_json_array(data=D)~[{\"n\":[{\"m\":900719925474099301}]},[900719925474099301]]"
            + "~[{\"n\":[{\"m\":900719925474099301}]},[900719925474099300]]~",
        "parse_json_array(data=D)~[[{\"z\":1,\"a\":2}],{\"z\":1,\"a\":2}]"
            + "~[[{\"a\":2,\"z\":1}],{\"z\":1,\"a\":2}]~",
        "parse_json_array(data=D)~false~null~parse_json_array: json: cannot unmarshal bool into Go"
            + " value of type []json.RawMessage",
        "parse_json_array(data=D)~[1,x]~null~"
            + "parse_json_array: invalid character 'x' looking for beginning of value",
        "parse_json(data=D)~{\"k\":1} x~null~"
            + "parse_json: invalid character 'x' after top-level value: {\"k\":1} x",
        "parse_xml(accessor='data', file=D).ROOT.attrK~<Root k=\"v\"/>~\"v\"~",
        "parse_xml(accessor='data', file=D)~^^~null~NewMapXmlReader: EOF",
        "parse_xml(accessor='data', file=D)~words only~null~NewMapXmlReader: EOF",
        "parse_xml(file=D)~/no/such~null~Unable to open file /no/such",
        "parse_yaml(filename=D)~/no/such~null~"
            + "Unable to open file /no/such: open /no/such: no such file or directory",
      })
  void yieldsAndLogs(String expression, String data, String value, String line) {
    Run run = files("SELECT (" + expression + ") AS X FROM scope()", data);
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
    assertThat(run.log()).isEqualTo(line == null ? List.of() : List.of(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "parse_jsonl(accessor='data', filename=D)~^ {\"a\":1}^~{\"_value\":{\"a\":1}}~",
        "parse_jsonl(accessor='data', filename=D)~900719925474099301~"
            + "{\"_value\":900719925474099300}~",
        "parse_jsonl(accessor='data', filename=D)~{\"a\":}~^^~DEFAULT:parse_jsonl: error at line 1:"
            + " invalid character '}' looking for beginning of value skipping all invalid lines",
        "parse_jsonl(filename=D)~/no/such~^^~"
            + "Unable to open file /no/such: open /no/such: no such file or directory",
        "parse_lines(filename=D)~/no/such~^^~"
            + "Unable to open file /no/such: open /no/such: no such file or directory",
        "parse_csv(filename=D)~/no/such~^^~"
            + "Unable to open file /no/such: open /no/such: no such file or directory",
        "parse_records_with_regex(file=D, regex='a')~/no/such~^^~Unable to open file /no/such",
        "parse_records_with_regex(accessor='data', file=D, regex='[')~a~^^~"
            + "Unable to compile regex [",
        "sqlite(file=D, query='SELECT 4 AS n')~/no/such.db~^^~"
            + "sql: unable to open database file: no such file or directory",
      })
  void rowsAndLogs(String plugin, String data, String row, String line) {
    Run run = files("SELECT * FROM " + plugin, data);
    assertThat(run.rows()).isEqualTo(row.isEmpty() ? List.of() : List.of(row));
    assertThat(run.log()).isEqualTo(line == null ? List.of() : List.of(line));
  }

  private static Run files(String query, String data) {
    Vql engine =
        Vql.builder()
            .service(
                Accessors.class,
                new StandardAccessors(FileRoots.below(List.of(Path.of("/no")), null)))
            .build();
    String text = data == null ? "" : data;
    return Run.of(engine, query, QueryOptions.defaults().withEnv(Map.of("D", text)));
  }

  @Test
  void readsTimesAsSqliteWritesThem(@TempDir Path folder) throws SQLException {
    Path file = folder.resolve("times.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (at DATETIME)");
      statement.execute(
          "INSERT INTO t VALUES ('2021-05-06 07:08:09.25'), ('2021-05-06T07:08:09+02:00'),"
              + " ('2021-05-06 07:08'), ('2021-05-06'), ('soon'), (1600000000), (1600000000500)");
    }
    Vql engine =
        Vql.builder()
            .service(Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), null)))
            .build();
    Run run =
        Run.of(
            engine,
            "SELECT at FROM sqlite(file=F + '?mode=ro', query='SELECT at FROM t')",
            QueryOptions.defaults().withEnv(Map.of("F", file.toString())));
    assertThat(run.log()).isEmpty();
    assertThat(run.rows())
        .containsExactly(
            "{\"at\":\"2021-05-06T07:08:09.25Z\"}",
            "{\"at\":\"2021-05-06T05:08:09Z\"}",
            "{\"at\":\"2021-05-06T07:08:00Z\"}",
            "{\"at\":\"2021-05-06T00:00:00Z\"}",
            "{\"at\":\"0001-01-01T00:00:00Z\"}",
            "{\"at\":\"2020-09-13T12:26:40Z\"}",
            "{\"at\":\"2020-09-13T12:26:40.5Z\"}");
  }

  @Test
  void theLastOfCsvColumnsWithOneNameStandsInItsPlace() {
    assertThat(
            Run.of(ENGINE, "SELECT * FROM parse_csv(accessor='data', filename='a,b,a\n1,2,3\n')")
                .rows())
        .containsExactly("{\"b\":2,\"a\":3}");
  }
}
