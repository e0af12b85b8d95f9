package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.format.Json;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.VqlPlugin;
import org.minivql.testing.MadeFiles;
import org.minivql.testing.Reliability;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** A source of rows or events that fails in the middle: what came before stays, and it is said. */
@Timeout(60)
class FailingSourcesTest {
  /** Sources of an application. */
  public static final class Sources {
    private Sources() {}

    @VqlPlugin(name = "breaks", doc = "Three events, then a failure.")
    static void breaks(Sink out) {
      three(out);
      throw new IllegalStateException("the line is dead");
    }

    @VqlPlugin(name = "refuses", doc = "Three events, then an error of its own.")
    static void refuses(Sink out) {
      three(out);
      throw new ArgumentException("the line is dead");
    }

    private static void three(Sink out) {
      for (long i = 1; i <= 3; i++) {
        out.row(Dict.of("N", i));
      }
    }
  }

  /** A disk that fails after some lines. */
  private static final class BadDisk extends MadeFiles {
    @Override
    public FileInfo stat(Scope scope, OSPath path) throws IOException {
      throw new IOException("the line is dead");
    }

    @Override
    public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
      throw new IOException("the line is dead");
    }

    @Override
    public InputStream open(Scope scope, OSPath path) {
      String text =
          path.path().endsWith("csv") ? "N\n1\n2\n3\n" : "{\"N\":1}\n{\"N\":2}\n{\"N\":3}\n";
      InputStream dead =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("the line is dead");
            }
          };
      return new SequenceInputStream(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), dead);
    }
  }

  private static final AtomicInteger PROGRAMS = new AtomicInteger();

  @AfterAll
  static void tell() {
    Reliability.record(
        "Sources of rows and events that fail in the middle",
        PROGRAMS + " programs",
        "each said so; what came before stayed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT N FROM breaks()",
        "SELECT N FROM refuses()",
        "SELECT N FROM parse_jsonl(filename='/a.jsonl', accessor='bad')",
        "SELECT N FROM parse_csv(filename='/a.csv', accessor='bad')",
        "SELECT atoi(string=parse_string_with_regex(string=Line, regex='(?P<N>[0-9])').N) AS N"
            + " FROM parse_lines(filename='/a', accessor='bad')",
        "LET X <= SELECT N FROM breaks() SELECT * FROM X",
        "SELECT N FROM breaks() ORDER BY N",
        "SELECT N FROM breaks() GROUP BY N",
        "SELECT N FROM foreach(row={SELECT N FROM breaks()})",
        "SELECT N FROM foreach(row={SELECT 1 AS A FROM scope()}, query={SELECT N FROM breaks()},"
            + " workers=2)",
        "SELECT N FROM chain(a={SELECT N FROM breaks()})",
        "SELECT N FROM delay(query={SELECT N FROM breaks()}, delay=0)",
        "SELECT N FROM query(query={SELECT N FROM breaks()})"
      })
  void whatWasDeliveredStays(String program) {
    Vql engine =
        Vql.builder()
            .catalog(HostCatalog.create().declarations(Sources.class))
            .service(Accessors.class, new BadDisk())
            .build();
    List<String> rows = new ArrayList<>();
    List<String> log = new ArrayList<>();
    RunResult result =
        engine
            .compile(program)
            .run(
                QueryOptions.defaults().withLog(line -> log.add(line.text())),
                row -> rows.add(Json.text(row)));
    assertThat(rows).containsExactly("{\"N\":1}", "{\"N\":2}", "{\"N\":3}");
    assertThat(log).anyMatch(line -> line.contains("the line is dead"));
    assertThat(result.limit()).isNull();
    assertThat(result.cancelled()).isFalse();
    PROGRAMS.incrementAndGet();
  }
}
