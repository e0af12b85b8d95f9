package org.minivql.value.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters for which the library looks without end. */
@Timeout(30)
class UnclosedFoldsTest {
  private static boolean finds(String regex, String text) {
    return Regexes.compile("(?i)" + regex).matcher(text).find();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^\u1C80+$|\u1C80\u0412\u0432|\u0414",
        "^\\x{1C88}$|\uA64B|\u1C87",
        "^\\Qa.\u1C80\\E$|A.\u0432|ab\u0432",
        "^[\u1C80]$|\u0412|\u0414",
        "^[a\u1C80-]$|-|b",
        "^[^\u1C80]$|a|\u0432",
        "^[]\u1C80]$|]|a",
        "^[\\x{80}-\\x{10FFFF}]+$|\u00e9\u1C84\u2028\uD83D\uDE00|a",
        "^[:-\uFFFD]+$|az\u1C80\uFFFD|9",
        "^[^\\t-\\x{FFFF}]$|\\x01|b",
        "^[\\0-\\x{1C80}\\d]+$|a9\u1C80|\u1C89",
        "^[[:alpha:]\\pN\\x{1C85}]+$|a9\u0442|\u1C86",
      })
  void areFoundInAnyCase(String regex, String found, String not) {
    String text = found.equals("\\x01") ? "\u0001" : found;
    assertThat(finds(regex, text)).as(regex).isTrue();
    assertThat(finds(regex, not)).as(regex).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a-\\x{FFFF}", "x[^!-\uFFFD", "[\\d\u1C80"})
  void anOpenSetIsAnError(String regex) {
    assertThatThrownBy(() -> Regexes.compile("(?i)" + regex))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("missing closing ]: `[");
  }

  @Test
  void otherExpressionsStayAsTheyAre() {
    for (String regex :
        List.of("a", "[a-z]\\x{41}", "\\pL[^\\x{1F600}-\\x{1F64F}]é", "[", "\\", "\u2028")) {
      assertThat(UnclosedFolds.avoid(regex)).isEqualTo(regex);
    }
  }
}
