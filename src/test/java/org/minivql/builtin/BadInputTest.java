package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.testing.Run;

/** What cannot be read is said in the log, and the query goes on. */
class BadInputTest {
  private static final int BAD_LINE = 200_000;

  @TempDir Path folder;

  private Run run(String program) {
    Vql engine =
        Vql.builder()
            .service(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)))
            .build();
    return Run.of(
        engine, program, QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString())));
  }

  @Test
  void aMissingFile() {
    Run run =
        run(
            "SELECT read_file(filename=Dir + '/none') AS A, hash(path=Dir + '/none') AS B,"
                + " parse_xml(file=Dir + '/none') AS C, stat(filename=Dir + '/none') AS D"
                + " FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":\"\",\"B\":null,\"C\":null,\"D\":null}");
    assertThat(run.log())
        .anyMatch(line -> line.startsWith("read_file: ") && line.contains("none"))
        .anyMatch(line -> line.startsWith("Unable to open file ") && line.endsWith("none"));
    Run rows =
        run("SELECT 1 AS X FROM chain(a={SELECT * FROM parse_csv(filename=Dir + '/none')}, b=1)");
    assertThat(rows.rows()).containsExactly("{\"X\":1}");
    assertThat(rows.log())
        .anyMatch(line -> line.startsWith("Unable to open file ") && line.contains("none"));
  }

  private byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      byte[] content = new byte[100_000];
      new Random(1).nextBytes(content);
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void aTruncatedArchive() throws IOException {
    byte[] whole = archive();
    Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
    Run run =
        run(
            "SELECT OSPath FROM glob(globs='*', accessor='zip', root=pathspec("
                + "DelegateAccessor='file', DelegatePath=Dir + '/cut.zip'))");
    assertThat(run.rows()).isEmpty();
    assertThat(run.log()).anyMatch(line -> line.contains("zip: not a valid zip file"));
  }

  @Test
  void aDamagedMemberOfAnArchive() throws IOException {
    byte[] whole = archive();
    Arrays.fill(whole, 1000, 50_000, (byte) 0xff);
    Files.write(folder.resolve("bad.zip"), whole);
    Run run =
        run(
            "SELECT read_file(accessor='zip', filename=pathspec(DelegateAccessor='file',"
                + " DelegatePath=Dir + '/bad.zip', Path='a.txt')) AS A, 1 AS B FROM scope()");
    assertThat(run.rows()).hasSize(1).allMatch(row -> row.endsWith("\"B\":1}"));
    assertThat(run.log()).anyMatch(line -> line.startsWith("read_file: "));
  }

  @Test
  void aTruncatedGzipFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      Random random = new Random(1);
      for (int i = 0; i < 100_000; i++) {
        out.write((random.nextLong() + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    Run run =
        run(
            "SELECT count() AS N FROM parse_lines(filename=pathspec(DelegateAccessor='file',"
                + " DelegatePath=Dir + '/cut.gz'), accessor='gzip') GROUP BY 1");
    assertThat(run.rows()).hasSize(1);
    assertThat(run.log()).anyMatch(line -> line.startsWith("parse_lines: "));
  }

  @Test
  void aDecompressionBomb() throws IOException {
    Path bomb = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.setLevel(9);
      zip.putNextEntry(new ZipEntry("zeros"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 256; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    Run run =
        run(
            "SELECT hash(accessor='zip', hashselect='md5', max_size=1000000000,"
                + " path=pathspec(DelegateAccessor='file', DelegatePath=Dir + '/bomb.zip',"
                + " Path='zeros')) AS A, len(list=read_file(accessor='zip',"
                + " filename=pathspec(DelegateAccessor='file', DelegatePath=Dir + '/bomb.zip',"
                + " Path='zeros'))) AS B FROM scope()");
    assertThat(run.rows()).hasSize(1).allMatch(row -> row.startsWith("{\"A\":null"));
    assertThat(run.log())
        .anyMatch(line -> line.startsWith("hash: ") && line.contains("times as large"));
  }

  private Run lines(int bad) throws IOException {
    Path file = folder.resolve("rows.jsonl");
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 1; i <= bad + 1; i++) {
        out.write(i == bad ? "{\"a\": nothing\n" : "{\"a\":1}\n");
      }
    }
    return run("SELECT count() AS N FROM parse_jsonl(filename=Dir + '/rows.jsonl') GROUP BY 1");
  }

  @Test
  void invalidJsonLateInAFile() throws IOException {
    Run run = lines(BAD_LINE);
    assertThat(run.rows()).containsExactly("{\"N\":" + BAD_LINE + "}");
    assertThat(run.log())
        .hasSize(1)
        .allMatch(line -> line.startsWith("DEFAULT:parse_jsonl: error at line " + BAD_LINE + ": "));
  }

  @Test
  @Tag("soak")
  void invalidJsonInLineSevenMillion() throws IOException {
    assertThat(lines(7_000_000).log().get(0)).contains("error at line 7000000: ");
  }

  @Test
  void aTimeThatNobodyCanRead() {
    Run run =
        run(
            "LET DEBUG <= TRUE SELECT timestamp(string='the day before yesterday') AS A"
                + " FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":null}");
    assertThat(run.log()).hasSize(1).allMatch(line -> line.contains("the day before yesterday"));
  }

  @Test
  void aPatternThatDoesNotCompile() {
    Run run =
        run(
            "SELECT 'a' =~ '(' AS A, regex_replace(source='a', re='[', replace='b') AS B,"
                + " split(string='a', sep='*') AS C FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":false,\"B\":null,\"C\":null}");
    assertThat(run.log())
        .anyMatch(line -> line.startsWith("Compile regexp: ") && line.contains("("))
        .anyMatch(line -> line.equals("Unable to compile regex ["))
        .anyMatch(line -> line.startsWith("split: error parsing regexp: "));
  }

  @Test
  void argumentsAreNamedWithTheirFunction() {
    Run run =
        run(
            "SELECT rand(range='x') AS A, len() AS B, len(list=1, more=2) AS C,"
                + " read_file(filename=1) AS D FROM scope()");
    assertThat(run.rows()).hasSize(1);
    assertThat(run.log())
        .containsExactly(
            "rand: Field range should be an int not string.",
            "len: Field list is required",
            "len: Unexpected arg more",
            "read_file: Field filename Expecting a path arg type, not int64");
  }
}
