package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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
import org.minivql.spi.MailSender;
import org.minivql.spi.Uploads;
import org.minivql.testing.Run;
import org.minivql.value.Dict;

/** Nothing happens outside the process before the host was asked. */
class EffectsTest {
  private static final String CALLS =
      """
      copy(filename='x', accessor='data', dest=Dir + '/copy')       | WRITE
      write_file(dest=Dir + '/written', data='x')                   | WRITE
      rm(filename=Dir + '/there')                                   | DELETE
      upload(file='x', accessor='data', name='u')                   | UPLOAD
      upload_directory(file='x', accessor='data', name='d', output=Dir + '/out') | WRITE
      mail(to='a@example.org', subject='s', body='b', server='127.0.0.1', server_port=1) | MAIL
      P write_csv(filename=Dir + '/rows.csv', query={SELECT 1 AS A FROM scope()})     | WRITE
      P write_jsonl(filename=Dir + '/rows.jsonl', query={SELECT 1 AS A FROM scope()}) | WRITE
      P http_client(url='http://127.0.0.1:1/')                      | HTTP
      P execve(argv=['touch', Dir + '/touched'])                    | EXECVE
      P unzip(filename=Dir + '/none.zip', output_directory=Dir + '/unzipped', type='zip') | NONE
      """;

  @TempDir Path folder;

  private final List<Effects.Effect> asked = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void file() throws IOException {
    Files.writeString(folder.resolve("there"), "x");
  }

  static Stream<String[]> calls() {
    return CALLS.lines().map(line -> line.split(" *\\| *"));
  }

  private Run run(String call, Effects.Decision decision) {
    boolean plugin = call.startsWith("P ");
    String query =
        plugin ? "SELECT * FROM " + call.substring(2) : "SELECT " + call + " AS X FROM scope()";
    Vql engine =
        Vql.builder()
            .service(
                Effects.class,
                effect -> {
                  asked.add(effect);
                  return decision;
                })
            .service(MailSender.class, mail -> {})
            .service(Uploads.class, (scope, upload, data) -> Dict.of("Path", upload.path()))
            .service(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)))
            .build();
    return Run.of(engine, query, QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString())));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("calls")
  void aRefusalIsSaidAndNothingHappens(String call, String kind) throws IOException {
    Run run = run(call, Effects.Decision.refuse("Permission denied: not here"));
    assertThat(files()).containsExactly("there");
    if (!kind.equals("NONE")) {
      assertThat(asked.get(0).kind()).isEqualTo(Effects.Kind.valueOf(kind));
      assertThat(run.log()).anyMatch(line -> line.contains("not here"));
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("calls")
  void whatIsOnlyRecordedDoesNotHappen(String call, String kind) throws IOException {
    run(call, Effects.Decision.RECORD);
    assertThat(files()).containsExactly("there");
    if (!kind.equals("NONE")) {
      String name = call.replaceFirst("^P ", "").replaceFirst("\\(.*", "");
      assertThat(asked).anyMatch(e -> e.kind().name().equals(kind) && e.builtin().equals(name));
    }
  }

  @Test
  void aLibraryAllowsNoEffectsAndReadsNoFiles() throws IOException {
    Vql engine = Vql.builder().build();
    QueryOptions options = QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString()));
    Run run =
        Run.of(
            engine,
            "SELECT rm(filename=Dir + '/there') AS A, read_file(filename=Dir + '/there') AS B,"
                + " copy(filename='x', accessor='data', dest=Dir + '/copy') AS C FROM scope()",
            options);
    assertThat(run.rows()).containsExactly("{\"A\":false,\"B\":\"\",\"C\":null}");
    assertThat(run.log())
        .anyMatch(line -> line.startsWith("rm: "))
        .anyMatch(line -> line.startsWith("read_file: ") && line.contains("permission denied"))
        .anyMatch(line -> line.startsWith("copy: Permission denied"));
    assertThat(files()).containsExactly("there");
  }

  @ParameterizedTest
  @CsvSource({"there,x", "../secret,''", "link,''"})
  void aLibraryReadsBelowTheFoldersNamed(String name, String content) throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.writeString(inside.resolve("there"), "x");
    Files.writeString(folder.resolve("secret"), "y");
    Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
    Vql engine =
        Vql.builder()
            .service(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(inside), inside)))
            .build();
    Run run =
        Run.of(
            engine,
            "SELECT read_file(filename=Dir + '/' + Name) AS A FROM scope()",
            QueryOptions.defaults().withEnv(Map.of("Dir", inside.toString(), "Name", name)));
    assertThat(run.rows()).containsExactly("{\"A\":\"" + content + "\"}");
  }

  @Test
  void namesInAListAreJoinedBelowTheFirst() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c.txt"), "x");
    Vql engine =
        Vql.builder()
            .service(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)))
            .build();
    Run run =
        Run.of(
            engine,
            "SELECT read_file(filename=[Dir, 'a/b', 'c.txt']) AS A, read_file(filename=['a', 'b',"
                + " 'c.txt']) AS B, read_file(filename=[Dir, pathspec(Path='a/b'), 'c.txt']) AS C"
                + " FROM scope()",
            QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString())));
    assertThat(run.log()).isEmpty();
    assertThat(run.rows()).containsExactly("{\"A\":\"x\",\"B\":\"x\",\"C\":\"x\"}");
  }
}
