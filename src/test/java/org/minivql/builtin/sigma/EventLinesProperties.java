package org.minivql.builtin.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Whatever stands between events, they are read and the bad lines counted right. */
class EventLinesProperties {
  private static final String EVENT = "{\"T\":\"";

  private static List<Dict> read(byte[] data, EventLines.Problems problems) throws IOException {
    EventLines lines = new EventLines(new ByteArrayInputStream(data));
    List<Dict> rows = new ArrayList<>();
    for (Dict row = lines.next(problems); row != null; row = lines.next(problems)) {
      rows.add(row);
    }
    return rows;
  }

  @Property
  void everyEventIsReadAndEveryBadLineTold(@ForAll("files") List<String> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    List<Long> bad = new ArrayList<>();
    int events = 0;
    for (int i = 0; i < lines.size(); i++) {
      text.append(lines.get(i)).append('\n');
      if (lines.get(i).startsWith(EVENT)) {
        events++;
      } else if (!lines.get(i).isBlank()) {
        bad.add(i + 1L);
      }
    }

    List<Long> told = new ArrayList<>();
    List<Dict> rows = read(Bytes.encode(text.toString()), (line, message) -> told.add(line));

    assertThat(rows).hasSize(events);
    assertThat(told).isEqualTo(bad);
  }

  @Property
  void anyBytesAreReadToTheEnd(@ForAll("bytes") byte[] data) throws IOException {
    List<String> problems = new ArrayList<>();

    read(data, (line, message) -> problems.add(message));

    assertThat(problems).hasSizeLessThanOrEqualTo(1 + data.length).doesNotContainNull();
  }

  @Provide
  Arbitrary<List<String>> files() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars('a', '{', '}', ',', 'é', '\uDCFF').ofMaxLength(100);
    return Arbitraries.frequencyOf(
            Tuple.of(5, texts.map(text -> EVENT + text + "\"}")),
            Tuple.of(
                2,
                Arbitraries.of("x", "{\"N\" 1}", "7", "\"", "{\"N\":\"a", "\uDCFF", "[1", "nul")),
            Tuple.of(1, Arbitraries.of("", "  ", "\r")))
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of(
            "{", "}", "\"", "\n", ":", ",", "1", "a", "[", "]", "\uDCFF", "\\", "é", " ")
        .list()
        .ofMaxSize(60)
        .map(pieces -> Bytes.encode(String.join("", pieces)));
  }
}
