package org.minivql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** Values that nobody in his right mind passes to a function, and files that go with them. */
public final class HostileValues {
  private static final int LARGE = 20_000;
  private static final int DEEP = 900;

  private final Map<String, Object> variables = new LinkedHashMap<>();
  private final List<String> expressions = new ArrayList<>();

  /**
   * The values.
   *
   * @param folder where the files are made
   */
  public HostileValues(Path folder) {
    expressions.addAll(
        List.of(
            "NULL",
            "{ SELECT * FROM range(end=3) }",
            "{ SELECT * FROM scope() }",
            "{ SELECT nothing.at.all FROM nowhere(a=1) }",
            "NoSuchVariable",
            "Recursive"));
    numbers();
    texts();
    collections();
    files(folder);
  }

  /** Definitions that a program with these values begins with. */
  public String definitions() {
    return "LET Recursive = Recursive + 1\n";
  }

  /** The values as expressions. */
  public List<String> expressions() {
    return Collections.unmodifiableList(expressions);
  }

  /** The variables that the expressions name. */
  public Dict variables() {
    return Dict.of(variables);
  }

  private void add(Object value) {
    String name = "V" + variables.size();
    variables.put(name, value);
    expressions.add(name);
  }

  private void numbers() {
    List.of(
            true,
            false,
            0L,
            -1L,
            3L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            -0.0,
            1e308,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Timestamp.ofEpochSecond(1_600_000_000L),
            Timestamp.utc(Instant.MAX))
        .forEach(this::add);
  }

  private void texts() {
    List.of(
            "",
            "\0",
            "a",
            "\uD800\uDC80\uDFFF",
            "(",
            "(a*)*b",
            "%",
            "%s%d%v%99999999999d%*.*f",
            "%-1000000000s",
            "{{ range $i, $x := . }}{{ template",
            "{\"a\": [1, 2, {\"b\"",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">]><a>&c;",
            "a: &a [*a, *a]",
            "x=>x",
            "x=>",
            "x=>x.a.b[99] + Recursive",
            "2021-13-45T99:99:99Z",
            "999999999-01-01",
            "http://[::1:2:3/%zz?a=%",
            "10.0.0.0/999",
            "zip",
            "gzip",
            "bzip2",
            "BZh91AY&SY",
            "scope",
            "sparse",
            "[{\"offset\": -1, \"length\": 9223372036854775807}]",
            "[[\"A\", -5, [[\"f\", -9, \"Array\", {\"count\": 1e18, \"type\": \"A\"}]]]]",
            "SELECT * FROM range(end=3)",
            "SELECT FROM",
            "../../../../etc/passwd",
            "C.0000000000000000")
        .forEach(this::add);
    add("\u0130\u00df".repeat(LARGE));
    add("((((".repeat(LARGE / 4));
    add("[".repeat(DEEP));
  }

  private void collections() {
    add(List.of());
    add(Dict.EMPTY);
    add(Dict.of("a", 1L, "OSPath", "x", "Path", "y", "", List.of()));
    add(List.of(1L, "a", Dict.of("b", 2L), List.of(List.of())));
    add(Collections.nCopies(LARGE, "x"));
    Object nested = "bottom";
    for (int i = 0; i < DEEP; i++) {
      nested = i % 2 == 0 ? List.of(nested) : Dict.of("a", nested);
    }
    add(nested);
  }

  private void files(Path folder) {
    try {
      Path archive = folder.resolve("whole.zip");
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
        out.putNextEntry(new ZipEntry("a/b.txt"));
        out.write("x".repeat(LARGE).getBytes(StandardCharsets.US_ASCII));
        out.closeEntry();
      }
      byte[] whole = Files.readAllBytes(archive);
      Path cut = folder.resolve("cut.zip");
      Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
      Path empty = Files.createFile(folder.resolve("empty"));
      for (Path path : List.of(archive, cut, empty, folder, folder.resolve("missing"))) {
        add(path.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
