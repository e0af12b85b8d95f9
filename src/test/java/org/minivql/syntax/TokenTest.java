package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "a-1 - 1 -b          ~ NAME:a NUMBER:-1 OPERATOR:- NUMBER:1 NEGATED_NAME:-b",
        "0x1fg 0X1           ~ NUMBER:0x1f NAME:g NUMBER:0 NAME:X1",
        "1.2.3 .5 6.         ~ NUMBER:1.2 NUMBER:.3 NUMBER:.5 NUMBER:6 OPERATOR:.",
        "1e5 1E-5 1e         ~ NUMBER:1e5 NUMBER:1E-5 NUMBER:1 NAME:e",
        "GROUP\tby groups    ~ KEYWORD:GROUP\tby NAME:groups",
        "order byte          ~ NAME:order NAME:byte",
        "order bY_ order     ~ NAME:order NAME:bY_ NAME:order",
        "true falsey Null    ~ BOOL:true NAME:falsey KEYWORD:Null",
        "a||b|||c&&d         ~ NAME:a BARS:|| NAME:b BARS:||| NAME:c AMPERSANDS:&& NAME:d",
        "<= >= <> != => < =  ~ OPERATOR:<= OPERATOR:>= OPERATOR:<> OPERATOR:!= OPERATOR:=> OPERATOR:< OPERATOR:=",
        "'a\\'b' \"c\"       ~ STRING:'a\\'b' STRING:\"c\"",
        "'''a'b''' ''        ~ RAW_STRING:'''a'b''' STRING:''",
        "'''a                ~ STRING:'' INVALID:'a",
        "a--b                ~ NAME:a DASH_COMMENT:--b",
        "a//b                ~ NAME:a SLASH_COMMENT://b",
        "/**/ /*/*/ /* a     ~ BLOCK_COMMENT:/**/ BLOCK_COMMENT:/*/*/ OPERATOR:/ OPERATOR:* NAME:a",
        "$a                  ~ INVALID:$ NAME:a",
        "selecté             ~ KEYWORD:select INVALID:é",
        "f(a)(b) (c)         ~ NAME:f OPERATOR:( NAME:a OPERATOR:) OPERATOR:( NAME:b OPERATOR:) OPERATOR:( NAME:c OPERATOR:)",
      })
  void cutsTextsIntoTokens(String text, String tokens) {
    assertThat(
            Token.of(text).stream()
                .map(token -> token.kind() + ":" + token.text(text))
                .collect(Collectors.joining(" ")))
        .isEqualTo(tokens);
  }
}
