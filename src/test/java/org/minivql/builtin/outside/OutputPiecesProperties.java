package org.minivql.builtin.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.minivql.testing.TestScope;
import org.minivql.value.Bytes;

class OutputPiecesProperties {
  @Property(tries = 300)
  void piecesAreTheOutputWithoutSeparators(
      @ForAll @Size(max = 60) List<@IntRange(min = 97, max = 99) Integer> output,
      @ForAll @Size(max = 3) List<@IntRange(min = 97, max = 99) Integer> separator,
      @ForAll @IntRange(min = 1, max = 9) int chunk) {
    byte[] bytes = bytes(output);
    OutputPieces pieces = new OutputPieces(TestScope.of(), bytes(separator), 1000);
    List<Object> found = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += chunk) {
      int end = Math.min(bytes.length, at + chunk);
      pieces.add(Arrays.copyOfRange(bytes, at, end), end - at, found::add);
    }
    found.add(pieces.rest());
    String text = Bytes.decode(bytes);
    List<String> expected =
        separator.isEmpty()
            ? List.of(text)
            : List.of(text.split(Pattern.quote(Bytes.decode(bytes(separator))), -1));
    assertThat(found).isEqualTo(expected);
  }

  private static byte[] bytes(List<Integer> values) {
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = values.get(i).byteValue();
    }
    return bytes;
  }
}
