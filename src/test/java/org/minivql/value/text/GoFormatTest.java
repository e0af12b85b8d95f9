package org.minivql.value.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.Bytes;
import org.minivql.value.PlainScope;

class GoFormatTest {
  private static String format(String format, Object... operands) {
    return GoFormat.format(PlainScope.create(), format, Arrays.asList(operands));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%d~17~17",
        "%5d|~-17~  -17|",
        "%-5d|~17~17   |",
        "%05d~-17~-0017",
        "%+d~17~+17",
        "% d~17~ 17",
        "%x~171~ab",
        "%#X~171~0XAB",
        "%o~64~100",
        "%#o~64~0100",
        "%O~64~0o100",
        "%b~-5~-101",
        "%c~955~λ",
        "%q~955~'λ'",
        "%U~955~U+03BB",
        "%#U~955~U+03BB 'λ'",
        "%.4d~17~0017",
        "%8.4d|~17~    0017|",
        "%e~17~%!e(int64=17)",
        "%+v~17~17",
        "%#v~17~17",
        "%t~17~%!t(int64=17)",
        "%T~17~int64",
      })
  void integers(String format, long value, String text) {
    assertThat(format(format, value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%v~2.0~2",
        "%v~1250000.0~1.25e+06",
        "%g~0.00005~5e-05",
        "%g~100000.0~100000",
        "%.3g~1234.5678~1.23e+03",
        "%.10g~1234.5~1234.5",
        "%f~2.5~2.500000",
        "%.0f~2.5~2",
        "%.0f~3.5~4",
        "%8.3f|~-2.71828~  -2.718|",
        "%08.3f~-2.71828~-002.718",
        "%+.1f~0.25~+0.2",
        "%e~12345.678~1.234568e+04",
        "%E~0.0~0.000000E+00",
        "%x~2.5~0x1.4p+01",
        "%.1x~2.9~0x1.7p+01",
        "%X~0.1~0X1.999999999999AP-04",
        "%b~1.0~4503599627370496p-52",
        "%#g~2.5~2.50000",
        "%d~2.5~%!d(float64=2.5)",
        "%6.2f~Infinity~  +Inf",
        "%05f~NaN~  NaN",
      })
  void floats(String format, double value, String text) {
    assertThat(format(format, value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%s~añb~añb",
        "%6s|~añb~   añb|",
        "%-6s|~añb~añb   |",
        "%.2s~añb~añ",
        "%q~a\"b~\"a\\\"b\"",
        "%+q~añb~\"a\\u00f1b\"",
        "%#q~añb~`añb`",
        "%x~añb~61c3b162",
        "% X~añb~61 C3 B1 62",
        "%#x~añb~0x61c3b162",
        "%# x~ab~0x61 0x62",
        "%5d~ab~%!d(string=   ab)",
        "%#v~ab~\"ab\"",
      })
  void strings(String format, String value, String text) {
    assertThat(format(format, value)).isEqualTo(text);
  }

  @Test
  void listsApplyTheVerbToEachElement() {
    assertThat(format("%03d", List.of(1L, List.of(22L)))).isEqualTo("[001 [022]]");
    assertThat(format("%d", List.of("k", 3L))).isEqualTo("[%!d(string=k) 3]");
    assertThat(format("%T", List.of(1L))).isEqualTo("[]types.Any");
  }

  @Test
  void nullHasTextOnlyForTextVerbs() {
    assertThat(format("%v %s %q %x %d %5.1f", null, null, null, null, null, null))
        .isEqualTo("Null Null \"Null\" 4e756c6c {} {}");
  }

  @Test
  void operandsAreCounted() {
    assertThat(format("%d %d", 1L)).isEqualTo("1 %!d(MISSING)");
    assertThat(format("none", 1L, "b", null))
        .isEqualTo("none%!(EXTRA int64=1, string=b, types.Null=Null)");
    assertThat(format("5%")).isEqualTo("5%!(NOVERB)");
    assertThat(format("%d%%", 5L)).isEqualTo("5%");
  }

  @Test
  void operandsCanBeChosenByNumber() {
    assertThat(format("%[2]d %[1]d", 1L, 2L)).isEqualTo("2 1");
    assertThat(format("%[3]d", 1L)).isEqualTo("%!d(BADINDEX)");
    assertThat(format("%[x]d", 1L)).isEqualTo("%!d(BADINDEX)");
    assertThat(format("%[1]d %d %[1]q", 65L, 66L)).isEqualTo("65 66 'A'");
  }

  @Test
  void widthAndPrecisionCanBeOperands() {
    assertThat(format("%*d|%-*d|", 4L, 7L, 3L, 8L)).isEqualTo("   7|8  |");
    assertThat(format("%.*f", 1L, 2.25)).isEqualTo("2.2");
    assertThat(format("%*d", "x", 7L)).isEqualTo("%!(BADWIDTH)7");
    assertThat(format("%.*f", -1L, 2.0)).isEqualTo("%!(BADPREC)2.000000");
  }

  @Test
  void bytesThatComeTogetherBecomeACharacter() {
    byte[] letter = {(byte) 0xc3, (byte) 0xb1};
    String first = Bytes.decode(letter, 0, 1);
    String second = Bytes.decode(letter, 1, 2);
    assertThat(format("%s%s", first, second)).isEqualTo("ñ");
    assertThat(format("%q", first)).isEqualTo("\"\\xc3\"");
  }
}
