package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-12, -12",
    "0x1F, 31",
    "-0x10, -16",
    "017, 15",
    "-017, -15",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "0x7fffffffffffffff, 9223372036854775807",
    "0000000000000000000000000000017, 15"
  })
  void readsIntegers(String source, long value) {
    assertThat(Literals.number(source)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "09, 9",
    "1e3, 1000",
    ".25, 0.25",
    "-.25, -0.25",
    "9223372036854775808, 9.223372036854775808e18",
    "0777777777777777777777777777, 777777777777777777777777777",
    "1e-400, 0"
  })
  void readsFloats(String source, double value) {
    assertThat(Literals.number(source)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"0x8000000000000000", "-0xffffffffffffffffff", "1e400", "-1e400"})
  void hasNoValueForTheRest(String source) {
    assertThat(Literals.number(source)).isNull();
    assertThat(Literals.numberText(source)).isEqualTo("FALSE");
  }

  @ParameterizedTest
  @CsvSource({
    "0x10, 16",
    "010, 8",
    "1.50, 1.5",
    "2.0, 2.0",
    "1e3, 1000.0",
    "1e-7, 0.0000001",
    ".5, 0.5",
    "-0.0, -0.0",
    "2e-3, 0.002",
    "2e23, 200000000000000000000000.0",
    "4.9e-324, ",
    "123456789012345678901, 123456789012345680000.0"
  })
  void writesNumbersPlainly(String source, String text) {
    String written = Literals.numberText(source);
    if (text != null) {
      assertThat(written).isEqualTo(text);
    }
    assertThat(written).doesNotContainIgnoringCase("e");
    assertThat(Literals.number(written)).isEqualTo(Literals.number(source));
    assertThat(Literals.numberText(written)).isEqualTo(written);
  }

  @Test
  void writesTheShortestDigits() {
    assertThat(Literals.numberText("2.0E-3")).isEqualTo("0.002");
    assertThat(Literals.numberText("5e-324")).endsWith("5").hasSize(326);
    assertThat(Literals.numberText("2.2250738585072014e-308")).endsWith("22250738585072014");
  }

  @ParameterizedTest
  @MethodSource("strings")
  void decodesStrings(String source, String value) {
    assertThat(Literals.string(source)).isEqualTo(value);
  }

  static Stream<Arguments> strings() {
    return Stream.of(
        arguments("\"a\\nb\"", "a\nb"),
        arguments("'\\q\\u0041'", "qu0041"),
        arguments("'\\\\x41'", "\\x41"),
        arguments("'\\x4g\\n'", "\\x4g\n"),
        arguments("'ab\\x4'", "ab"),
        arguments("'\\xC3\\xa9'", "é"),
        arguments("'\\xf0\\x9f\\x98\\x80'", "\ud83d\ude00"),
        arguments("'\\xc3é'", "\udcc3é"),
        arguments("'\\xed\\xa0\\x80'", "\udced\udca0\udc80"),
        arguments("'\\xe2\\x82A'", "\udce2\udc82A"),
        arguments("'\\\ud83d\ude00'", "\ud83d\ude00"),
        arguments("\'\'\'\\n'x\'\'\'", "\\n'x"),
        arguments("\"it's\"", "it's"));
  }
}
