package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

class JsonTest {
  @Test
  void writesValues() {
    Dict dict = Dict.of("n", null, "b", true, "i", 7L, "f", 2.0, "s", "x", "l", List.of(1L, 0.5));
    assertThat(Json.text(dict))
        .isEqualTo("{\"n\":null,\"b\":true,\"i\":7,\"f\":2,\"s\":\"x\",\"l\":[1,0.5]}");
    assertThat(Json.text(Arrays.asList(Double.NaN, 1e21, 1e-7))).isEqualTo("[null,1e+21,1e-7]");
  }

  @Test
  void escapesWhatPagesAndScriptsWouldTrip() {
    assertThat(Json.text("<a href=\"x\">&\u2028\u0001\t\\"))
        .isEqualTo("\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\u2028\\u0001\\t\\\\\"");
    assertThat(Json.text(Bytes.decode(new byte[] {'a', (byte) 0xfe}))).isEqualTo("\"a\uFFFD\"");
  }

  @Test
  void indentsByOneBlank() {
    assertThat(Json.indented(Dict.of("a", List.of(1L, Dict.EMPTY), "b", List.of())))
        .isEqualTo("{\n \"a\": [\n  1,\n  {}\n ],\n \"b\": []\n}");
  }

  @Test
  void showsTimesInTheZoneAskedFor() {
    Timestamp time = Timestamp.utc(Instant.parse("2011-03-05T07:08:09.5Z"));
    assertThat(Json.text(time)).isEqualTo("\"2011-03-05T07:08:09.5Z\"");
    assertThat(Json.write(null, time, -1, ZoneId.of("Asia/Tokyo")))
        .isEqualTo("\"2011-03-05T16:08:09.5+09:00\"");
    assertThat(Json.text(Timestamp.utc(Instant.parse("+12011-03-05T07:08:09Z")))).isEqualTo("null");
  }

  @Test
  void readsNumbersByTheirForm() throws FormatException {
    assertThat(Json.parse("[1, -9223372036854775808, 1.0, 1e3, 18446744073709551616]"))
        .isEqualTo(List.of(1L, Long.MIN_VALUE, 1.0, 1000.0, 18446744073709551616.0));
    assertThat(Json.text(Json.parse("[9223372036854775808, 18446744073709551615]")))
        .isEqualTo("[9223372036854775808,18446744073709551615]");
    assertThat(Json.parse("-9223372036854775809")).isEqualTo(-9223372036854775809.0);
  }

  @Test
  void aNameGivenAgainMovesToTheEnd() throws FormatException {
    assertThat(Json.parse("{\"a\":1,\"b\":2,\"a\":3}")).isEqualTo(Dict.of("b", 2L, "a", 3L));
  }

  @Test
  void readsTimesOnlyWhenAsked() throws FormatException {
    String text = "[\"2011-03-05T07:08:09Z\",\"2011-03-05T07:08\",\"2011-13-05T07:08:09Z\"]";
    assertThat(Json.parse(text))
        .isEqualTo(List.of("2011-03-05T07:08:09Z", "2011-03-05T07:08", "2011-13-05T07:08:09Z"));
    List<?> read = (List<?>) Json.parse(text, JsonReader.Style.TIMES);
    assertThat(read.get(0)).isEqualTo(Timestamp.ofEpochSecond(1299308889));
    assertThat(read.subList(1, 3)).allMatch(String.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "[1", "{\"a\":}", "{a:1}", "1 2", "[1,]", "nul", "\"a\nb\""})
  void rejectsWhatIsNotOneValue(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void refusesNestingWithoutEnd() {
    String text = "[".repeat(100_000);
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void rowsOfOneKindShareTheirShape() throws Exception {
    byte[] lines = "{\"a\":1,\"b\":2}\n{\"a\":3,\"b\":4}\n".getBytes(StandardCharsets.UTF_8);
    try (JsonReader reader = Json.reader(new ByteArrayInputStream(lines))) {
      Dict first = (Dict) reader.next();
      Dict second = (Dict) reader.next();
      assertThat(second.get("b")).isEqualTo(4L);
      assertThat(second.shape()).isSameAs(first.shape());
      assertThat(reader.next()).isSameAs(JsonReader.END);
    }
  }

  @Test
  void keepsBytesThatAreNotText() throws Exception {
    byte[] data = {'"', (byte) 0xc3, (byte) 0xb1, (byte) 0xff, '"'};
    try (JsonReader reader = Json.reader(new ByteArrayInputStream(data))) {
      assertThat(Bytes.encode((String) reader.next()))
          .containsExactly((byte) 0xc3, (byte) 0xb1, (byte) 0xff);
    }
  }

  @Test
  void writesRowsAsLinesAndLists() throws IOException {
    StringBuilder lines = new StringBuilder();
    try (JsonWriter writer = JsonWriter.lines(lines, null, null)) {
      writer.row(Dict.of("a", 1L));
      writer.row(Dict.of("a", 2L));
    }
    assertThat(lines).hasToString("{\"a\":1}\n{\"a\":2}\n");
    StringBuilder list = new StringBuilder();
    try (JsonWriter writer = JsonWriter.list(list, null, -1, null)) {
      writer.row(Dict.of("a", 1L));
      writer.row(Dict.of("a", 2L));
      assertThat(writer.rows()).isEqualTo(2);
    }
    assertThat(list).hasToString("[\n{\"a\":1},\n{\"a\":2}\n]\n");
    StringBuilder none = new StringBuilder();
    JsonWriter.list(none, null, 1, null).close();
    assertThat(none).hasToString("[]\n");
  }
}
