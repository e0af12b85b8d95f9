package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about text that is no JSON. */
class JsonFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{k}|invalid character 'k' looking for beginning of object key string|1",
        "{'k':2}|invalid character '\\'' looking for beginning of object key string|1",
        "{\"k\":2,}|invalid character '}' looking for beginning of object key string|7",
        "{\"k\" 2}|invalid character '2' after object key|5",
        "{\"k\":2 \"m\":3}|invalid character '\"' after object key:value pair|7",
        "{\"k\":07}|invalid character '7' after object key:value pair|6",
        "[2 3]|invalid character '3' after array element|3",
        "[2,]|invalid character ']' looking for beginning of value|3",
        "{\"k\":maybe}|invalid character 'm' looking for beginning of value|5",
        "[nul]|invalid character ']' in literal null (expecting 'l')|4",
        "[-x]|invalid character 'x' in numeric literal|2",
        "[4.]|invalid character ']' after decimal point in numeric literal|3",
        "[4e+]|invalid character ']' in exponent of numeric literal|4",
        "[\"\\q\"]|invalid character 'q' in string escape code|3",
        "[\"\\u00g0\"]|invalid character 'g' in \\u hexadecimal character escape|6",
        "{} more|invalid character 'm' after top-level value|3",
        "[2|unexpected end of JSON input|2",
        "{\"k\"|unexpected end of JSON input|4",
        "[\"open|unexpected end of JSON input|6",
        "[tr|unexpected end of JSON input|3",
        "^  ^|unexpected end of JSON input|2",
      })
  void says(String text, String message, long offset) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOfSatisfying(
            FormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessage(message);
  }
}
