package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

class JsonProperties {
  @Property
  void readsWhatItWrites(@ForAll("values") Object value) throws FormatException {
    assertThat(Json.parse(Json.text(value))).isEqualTo(value);
    assertThat(Json.parse(Json.indented(value))).isEqualTo(value);
  }

  @Property
  void theReaderKeepsEveryByte(@ForAll byte[] data) throws Exception {
    StringBuilder text = new StringBuilder();
    try (Utf8Reader reader = new Utf8Reader(new ByteArrayInputStream(data))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
    }
    assertThat(text.toString()).isEqualTo(Bytes.decode(data));
  }

  /** The one that reads and the one that says what is wrong agree about what is JSON. */
  @Property
  void findsAFaultInWhatIsNotJsonAndInNothingElse(
      @ForAll("values") Object value, @ForAll("damage") String put, @ForAll int where) {
    String text = Json.text(value);
    int at = Math.floorMod(where, text.length());
    String damaged = text.substring(0, at) + put + text.substring(at + 1);
    String fault = null;
    try {
      Json.parse(damaged);
    } catch (FormatException e) {
      fault = e.getMessage();
    }
    FormatException other = new FormatException("", 0);
    FormatException told = JsonFault.of(damaged, other);
    assertThat(told == other ? null : told.getMessage()).isEqualTo(fault);
  }

  @Provide
  Arbitrary<String> damage() {
    return Arbitraries.of("", " ", ",", ":", "{", "]", "\"", "\\", "0", "-", ".", "e", "t", "\n");
  }

  @Provide
  Arbitrary<Object> values() {
    return values(3);
  }

  /** Values that nest a number of levels and no deeper: without an end some seeds never stop. */
  private static Arbitrary<Object> values(int levels) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(Bytes::printable),
            Arbitraries.longs(),
            Arbitraries.of(true, false),
            Arbitraries.doubles().filter(d -> d != Math.rint(d)),
            Arbitraries.just(null));
    if (levels == 0) {
      return scalars;
    }
    Arbitrary<Object> inner = values(levels - 1);
    return Arbitraries.oneOf(
        scalars,
        scalars.list().ofMaxSize(3).map(list -> (Object) list),
        Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(3), inner)
            .ofMaxSize(3)
            .map(map -> (Object) Dict.of(map)),
        inner.list().ofMaxSize(3).map(list -> (Object) List.copyOf(nonNull(list))));
  }

  private static List<Object> nonNull(List<Object> list) {
    return list.stream().filter(v -> v != null).toList();
  }
}
