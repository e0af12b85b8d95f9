package org.minivql.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM info()",
        "LET X = 5",
        "LET X = SELECT 1 AS A FROM scope() SELECT * FROM X",
        "SELECT * FORM info()",
        "SELECT ) FROM info()",
        "SELECT * FROM info() -- a remark",
        ".format json",
        "",
        "SELECT *\n\n",
        "nonsense here"
      })
  void canBeRun(String text) {
    assertThat(Completeness.isComplete(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT",
        "SELECT *",
        "SELECT * FROM",
        "SELECT * FROM info(",
        "SELECT * FROM info() WHERE",
        "LET X =",
        "LET F(a) = dict(a=a,",
        "SELECT 'abc",
        "SELECT '''abc\n\n def",
        "SELECT * -- a remark",
        "SELECT * FROM info() /* a remark",
        "SELECT {"
      })
  void waitsForMore(String text) {
    assertThat(Completeness.isComplete(text)).isFalse();
  }
}
