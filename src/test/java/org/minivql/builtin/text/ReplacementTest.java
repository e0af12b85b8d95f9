package org.minivql.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.Vql;
import org.minivql.testing.Run;

/** What a reference to a group in a replacement is. */
class ReplacementTest {
  private static final Vql ENGINE = Vql.builder().build();

  @ParameterizedTest
  @CsvSource({
    "[$1],a[b]c",
    "[$0$0],a[bb]c",
    "[$n],a[b]c",
    "[${n}x],a[bx]c",
    "[$nx],a[]c",
    "[$1é],a[]c",
    "[${1}é],a[bé]c",
    "[$01],a[]c",
    "[$2],a[]c",
    "[$$1],a[$1]c",
    "[$],a[$]c",
    "[${1],a[${1]c",
    "[$-1],a[$-1]c",
  })
  void aNameGoesOnAsLongAsLettersAndDigitsDo(String replacement, String result) {
    Run run =
        Run.value(
            ENGINE, "regex_replace(source='abc', re='(?P<n>b)', replace='" + replacement + "')");
    assertThat(run.rows()).containsExactly("{\"X\":\"" + result + "\"}");
    assertThat(run.log()).isEmpty();
  }
}
