package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.spi.Effects;
import org.minivql.testing.Run;

/** A file that cannot be read costs its value or its rows, one line of the log, and no more. */
class BadFilesTest {
  private static final int LARGE = 100_000;

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException, SQLException {
    byte[] noise = new byte[LARGE];
    new Random(1).nextBytes(noise);
    byte[] zip = zip(noise, 1);
    write("cut.zip", Arrays.copyOf(zip, zip.length / 2));
    Arrays.fill(zip, 1000, LARGE / 2, (byte) 0xff);
    write("bad.zip", zip);
    write("bomb.zip", zip(new byte[1 << 20], 128));
    write("bomb.gz", gzip(new byte[1 << 20], 128));
    StringBuilder lines = new StringBuilder();
    for (byte b : noise) {
      lines.append(b).append('\n');
    }
    byte[] gzip = gzip(lines.toString().getBytes(StandardCharsets.US_ASCII), 1);
    write("cut.gz", Arrays.copyOf(gzip, gzip.length / 2));
    write("cut.tgz", Arrays.copyOf(gzip(tar(noise), 1), LARGE / 2));
    write("noise", noise);
    damagedDatabase();
  }

  private static void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private static byte[] zip(byte[] content, int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
      for (int i = 0; i < times; i++) {
        zip.write(content);
      }
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content, int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        out.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(byte[] content) {
    byte[] tar = Arrays.copyOf(new byte[0], 512 + content.length);
    byte[] name = "a.bin".getBytes(StandardCharsets.US_ASCII);
    byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
    byte[] magic = "ustar\u000000".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, tar, 0, name.length);
    System.arraycopy(size, 0, tar, 124, size.length);
    tar[156] = '0';
    System.arraycopy(magic, 0, tar, 257, magic.length);
    System.arraycopy(content, 0, tar, 512, content.length);
    return tar;
  }

  private static void damagedDatabase() throws IOException, SQLException {
    Path file = folder.resolve("damaged.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n INTEGER)");
    }
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, 100, content.length, (byte) 0xff);
    Files.write(file, content);
  }

  private static final String ZIP =
      "LET Inside(name) = pathspec(DelegateAccessor='file', DelegatePath=Dir + name, Path='a') ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "read_file(accessor='zip', filename=Inside(name='/cut.zip'))~\"\"~read_file: ",
        "read_file(accessor='zip', filename=Inside(name='/bad.zip'))~\"\"~read_file: ",
        "hash(accessor='zip', path=Inside(name='/bad.zip'))~null~hash: ",
        "hash(accessor='zip', path=Inside(name='/bomb.zip'), max_size=1000000000)~null~hash: ",
        "hash(accessor='gzip', path=Dir + '/bomb.gz', max_size=1000000000)~null~hash: ",
        "hash(accessor='gzip', path=Dir + '/cut.gz')~null~hash: ",
        "gunzip(string=read_file(filename=Dir + '/cut.gz'))~false~Gunzip: ",
        "parse_xml(file=Dir + '/noise')~null~NewMapXmlReader: ",
        "parse_xml(accessor='data', file='<a><b>')~null~NewMapXmlReader: ",
        "parse_xml(accessor='data', file='<a></b>')~null~NewMapXmlReader: ",
        "parse_xml(accessor='gzip', file=Dir + '/cut.gz')~null~NewMapXmlReader: ",
        "parse_yaml(filename=Dir + '/noise')~null~parse_yaml: ",
        "parse_yaml(accessor='data', filename='a: [1')~null~parse_yaml: yaml: ",
        "parse_yaml(accessor='data', filename='- 1')~null~parse_yaml: yaml: ",
        "parse_yaml(accessor='zip', filename=Inside(name='/bad.zip'))~null~parse_yaml: ",
        "parse_json(data='{\"a\": ')~null~parse_json: unexpected end of JSON input",
        "parse_json_array(data='[1')~null~parse_json_array: unexpected end of JSON input",
        "plist(file=Dir + '/noise')~null~plist: ",
        "parse_binary(filename=Dir + '/none', struct='uint8')~null~parse_binary: ",
        "base85decode(string='87cUR{')~\"Hell\"~base85decode: ",
      })
  void aFunctionYieldsItsErrorValue(String call, String value, String start) {
    Run run = run("SELECT 1 AS One,\n  " + call + " AS X\nFROM scope()");
    assertThat(run.rows()).containsExactly("{\"One\":1,\"X\":" + value + "}", "{\"Y\":2}");
    said(run, start, "2:3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "glob(globs='*', accessor='zip', root=Inside(name='/cut.zip'))~Globber: ",
        "unzip(filename=Dir + '/cut.zip', output_directory=Dir + '/o')~unzip: ",
        "unzip(filename=Dir + '/noise', type='zip', output_directory=Dir + '/o')~unzip: ",
        "unzip(filename=Dir + '/cut.tgz', output_directory=Dir + '/o')~unzip: ",
        "unzip(filename=Dir + '/noise', type='tgz', output_directory=Dir + '/o')~unzip: ",
        "unzip(filename=Dir + '/bad.zip', output_directory=Dir + '/o')~unzip: ",
        "unzip(filename=Dir + '/bomb.zip', output_directory=Dir + '/o')~unzip: ",
        "parse_lines(accessor='zip', filename=Inside(name='/cut.zip'))~Unable to open file ",
        "parse_lines(accessor='zip', filename=Inside(name='/bad.zip'))~parse_lines: ",
        "parse_csv(accessor='zip', filename=Inside(name='/cut.zip'))~Unable to open file ",
        "split_records(accessor='zip', filenames=Inside(name='/cut.zip'))~",
        "parse_records_with_regex(accessor='zip', file=Inside(name='/cut.zip'), regex='a')"
            + "~Unable to open file ",
        "parse_jsonl(filename=Dir + '/noise')~DEFAULT:parse_jsonl: error at line 1: ",
        "parse_json_array(data='{}')~parse_json_array: json: cannot unmarshal object",
        "sqlite(file=Dir + '/none/a.db', query='SELECT 1 AS A')~sql: unable to open",
        "sqlite(file=Dir + '/none.db', query='SELECT * FROM t')~sql: no such table: t",
        "sqlite(file=Dir + '/damaged.db', query='SELECT * FROM t')~sql: ",
        "sqlite(accessor='zip', file=Inside(name='/cut.zip'), query='SELECT 1')~sql: ",
        "plist(file=Dir + '/noise')~plist: Unable to parse file ",
        "parse_evtx(filename=Dir + '/noise')~Unable to parse file ",
        "parse_evtx(filename=Dir + '/none')~Unable to open file ",
        "yara(files=Dir + '/noise', rules='rule {')~ERROR:yara: ",
      })
  void aPluginHasNoRows(String call, String start) {
    Run run = run("SELECT 1 AS One,\n  {SELECT * FROM " + call + "} AS X\nFROM scope()");
    assertThat(run.rows()).containsExactly("{\"One\":1,\"X\":null}", "{\"Y\":2}");
    said(run, start == null ? "" : start, "2:18");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "parse_lines(accessor='gzip', filename=Dir + '/cut.gz')~parse_lines: ",
        "parse_csv(accessor='gzip', filename=Dir + '/cut.gz')~INFO:parse_csv: ",
        "split_records(accessor='gzip', filenames=Dir + '/cut.gz')~split_records: ",
        "parse_records_with_regex(accessor='gzip', file=Dir + '/cut.gz', regex='[0-9]+')"
            + "~parse_records_with_regex: ",
        "parse_jsonl(accessor='gzip', filename=Dir + '/cut.gz')~parse_jsonl: ",
        "read_file(accessor='gzip', filenames=Dir + '/cut.gz', chunk=1000)~read_file: ",
      })
  void aPluginHasTheRowsBeforeTheDamage(String call, String start) {
    Run run = run("SELECT count() AS N\nFROM " + call + " GROUP BY 1");
    assertThat(run.rows()).hasSize(2).last().isEqualTo("{\"Y\":2}");
    said(run, start, "2:6");
  }

  @Test
  void aDatabaseThatIsNotThereYetIsEmpty() {
    Run run = run("SELECT n FROM sqlite(file=Dir + '/none.db', query='SELECT 4 AS n')");
    assertThat(run.rows()).containsExactly("{\"n\":4}", "{\"Y\":2}");
    assertThat(run.log()).isEmpty();
    assertThat(folder.resolve("none.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plist(accessor='data', file='<?xml version=\"1.0\"?><plist><dict>')",
        "plist(accessor='data', file='<!DOCTYPE plist><plist><dict>')",
        "plist(accessor='data', file='<plist version=\"1.0\"><dict>')",
        "plist(file=Dir + '/noise')",
        "parse_xml(accessor='data', file='<a><b>')",
        "parse_xml(file=Dir + '/noise')",
        "parse_xml(accessor='data', file=unhex(string='3c613e3c623ec328'))",
      })
  void aParserSaysNothingOnTheTerminal(String call) {
    PrintStream terminal = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    Run run;
    try {
      run = run("SELECT " + call + " AS X FROM scope()");
    } finally {
      System.setErr(terminal);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(run.rows().get(0)).isEqualTo("{\"X\":null}");
    said(run, "", "1:" + (ZIP.length() + "SELECT ".length() + 1));
  }

  private static Run run(String program) {
    Vql engine =
        Vql.builder()
            .service(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)))
            .service(Effects.class, Effects.allowAll())
            .build();
    return Run.of(
        engine,
        ZIP + program + "\nSELECT 2 AS Y FROM scope()",
        QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString())));
  }

  private static void said(Run run, String start, String place) {
    assertThat(run.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.text()).startsWith(start);
              assertThat(line.at()).hasToString(place);
            });
  }
}
