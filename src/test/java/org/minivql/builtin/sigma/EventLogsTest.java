package org.minivql.builtin.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Rows;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

class EventLogsTest {
  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();

  private List<Dict> run(String query, Map<String, ?> env, Path root) {
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(env)
            .withService(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(root), root)))
            .withLog(line -> log.add(line.text()));
    try (Rows rows = Vql.builder().build().compile(query).rows(options)) {
      return rows.stream().toList();
    }
  }

  private List<Dict> parse(String name) {
    return run(
        "SELECT * FROM parse_evtx(filename=F)",
        Map.of("F", folder.resolve(name).toString()),
        folder);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void linesOfJsonAreEvents() throws IOException {
    write("A.evtx", "{\"N\":1}\n\n {\"N\":2}\r\n{\"N\":3}");

    assertThat(parse("A.evtx")).extracting(row -> row.get("N")).containsExactly(1L, 2L, 3L);
    assertThat(log).isEmpty();
  }

  @Test
  void theLogMayHaveItsLinesBesideIt() throws IOException {
    write("Micro-Def%4Operational.evtx.jsonl", "{\"N\":1}\n");

    assertThat(parse("Micro-Def%4Operational.evtx")).hasSize(1);
    assertThat(log).isEmpty();
  }

  @Test
  void aBadLineCostsItselfOnly() throws IOException {
    write(
        "A.jsonl",
        "{\"N\":1}\n{\"N\":\n{\"N\":3}\nnonsense\n[5]\n{\"N\":6}{\"N\":7}\n{\"N\":8,}\n{\"N\":9");

    assertThat(parse("A.jsonl")).extracting(row -> row.get("N")).containsExactly(1L, 3L, 6L, 7L);
    assertThat(log).hasSize(5);
    assertThat(log.get(0)).contains("A.jsonl: line 2 skipped: ");
    assertThat(log.get(1)).contains("line 4 skipped: ");
    assertThat(log.get(2)).contains("line 5 skipped: not an object");
    assertThat(log.get(3)).contains("line 7 skipped: ");
    assertThat(log.get(4)).contains("line 8 skipped: ");
  }

  @Test
  void bytesThatAreNotTextAreKept() throws IOException {
    Files.write(
        folder.resolve("A.jsonl"),
        Bytes.encode(
            "\uFEFF{\"N\":\"a\uDCFF\"}\n\n{\"N\":\"é\"}\n{\"N\":\uDCFF}\n{\"N\":\"\uDC80\"}"));

    assertThat(parse("A.jsonl"))
        .extracting(row -> row.get("N"))
        .containsExactly("a\uDCFF", "é", "\uDC80");
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).contains("line 4 skipped: ");
  }

  @Test
  void anEventMayBeSeveralLines() throws IOException {
    write("A.jsonl", "{\n \"N\":\n 1}\n{\"N\":2}\n7\n\n{\"N\" 3}\n{\"N\":4}\n[]");

    assertThat(parse("A.jsonl")).extracting(row -> row.get("N")).containsExactly(1L, 2L, 4L);
    assertThat(log).hasSize(3);
    assertThat(log.get(0)).contains("line 5 skipped: not an object");
    assertThat(log.get(1)).contains("line 7 skipped: ");
    assertThat(log.get(2)).contains("line 9 skipped: not an object");
  }

  @Test
  void linesWithoutAnEventAreALogToo() throws IOException {
    write("empty.evtx.jsonl", "");
    write("first.jsonl", "nonsense\n{\"N\":1}\n");

    assertThat(parse("empty.evtx")).isEmpty();
    assertThat(parse("first.jsonl")).hasSize(1);

    assertThat(log).hasSize(1);
    assertThat(log.get(0)).contains("first.jsonl: line 1 skipped: ");
  }

  @Test
  void longLinesAreWhole() throws IOException {
    String text = "x".repeat(100_000);
    write(
        "A.jsonl", ("{\"T\":\"" + text + "\"}\n").repeat(5) + "{\"T\":\"" + text + "\n{\"T\":1}\n");

    List<Dict> rows = parse("A.jsonl");

    assertThat(rows).hasSize(6);
    assertThat(rows.get(4).get("T")).isEqualTo(text);
    assertThat(rows.get(5).get("T")).isEqualTo(1L);
  }

  @Test
  void problemsNameTheFile() throws IOException {
    write("empty.evtx", "");
    write("other.evtx", "MZ something else");

    assertThat(parse("empty.evtx")).isEmpty();
    assertThat(parse("other.evtx")).isEmpty();
    assertThat(parse("none.evtx")).isEmpty();

    assertThat(log).hasSize(3);
    assertThat(log.get(0))
        .startsWith("Unable to parse file ")
        .endsWith("empty.evtx: the file is empty");
    assertThat(log.get(1)).endsWith("other.evtx: no event log signature");
    assertThat(log.get(2)).startsWith("Unable to open file ").contains("none.evtx: ");
  }

  @Test
  void realLogsBecomeRows() {
    Path logs =
        Path.of(System.getProperty("vql.shared.dir", "../shared"))
            .resolve("data/evtx")
            .toAbsolutePath()
            .normalize();
    Assumptions.assumeTrue(Files.isDirectory(logs), () -> "no event logs: " + logs);

    List<Dict> rows =
        run(
            "SELECT System.EventID.Value AS ID, UserData FROM parse_evtx(filename=F)",
            Map.of("F", logs.resolve("Security_1_record.evtx").toString()),
            logs);

    assertThat(log).isEmpty();
    assertThat(Json.text(rows)).contains("\"ID\":1102").contains("\"SubjectUserName\":\"test\"");
  }
}
