package org.minivql.builtin.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class LineReaderProperties {
  @Property
  void cutsAsSplittingWould(
      @ForAll
          @CharRange(from = '\n', to = '\n')
          @CharRange(from = 'a', to = 'c')
          @StringLength(max = 60)
          String text,
      @ForAll @IntRange(min = 1, max = 7) int piece)
      throws IOException {
    List<String> lines = new ArrayList<>();
    InputStream pieces =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, piece));
          }
        };
    try (LineReader reader = new LineReader(pieces, 1000)) {
      String line;
      while ((line = reader.next()) != null) {
        lines.add(line);
      }
      assertThat(reader.consumed()).isEqualTo(text.length());
    }
    List<String> expected = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    if (expected.get(expected.size() - 1).isEmpty()) {
      expected.remove(expected.size() - 1);
    }
    assertThat(lines).isEqualTo(expected);
  }
}
