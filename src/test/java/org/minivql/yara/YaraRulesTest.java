package org.minivql.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.Dict;

class YaraRulesTest {
  static final Watch NOBODY =
      new Watch() {
        @Override
        public CharSequence watched(String text) {
          return text;
        }

        @Override
        public boolean wanted() {
          return true;
        }
      };

  private static List<String> scan(String rules, String data, Dict variables) throws YaraException {
    byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
    List<String> matches = new ArrayList<>();
    YaraRules.compile(rules, variables)
        .scan(
            bytes,
            bytes.length,
            NOBODY,
            m -> matches.add(m.string() + "@" + m.offset() + "+" + m.length()));
    return matches;
  }

  private static List<String> strings(String strings, String data) throws YaraException {
    return scan("rule R { strings: " + strings + " condition: any of them }", data, Dict.EMPTY);
  }

  private static boolean holds(String condition, String data) throws YaraException {
    String rules =
        "rule Before { condition: true } rule R { strings: $a = \"ab\" $b = \"zz\" $c = \"b\""
            + " condition: "
            + condition
            + " }";
    byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
    List<String> names = new ArrayList<>();
    YaraRules.compile(rules, Dict.of("ext", "Word", "num", 7L))
        .scan(bytes, bytes.length, NOBODY, m -> names.add(m.rule()));
    return names.contains("R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "$a = \"ab\" => xabxab => $a@1+2, $a@4+2",
        "$a = \"AB\" nocase => xaBx => $a@1+2",
        "$a = \"aa\" => aaa => $a@0+2, $a@1+2",
        "$a = \"ab\" fullword => abc ab. => $a@4+2",
        "$a = { 61 ?? 63 } => xabcaxc => $a@1+3, $a@4+3",
        "$a = { 61 [1-2] 63 } => axc axxc axxxc => $a@0+3, $a@4+4",
        "$a = { 6? ~62 } => abac => $a@1+2, $a@2+2",
        "$a = { (61 62 | 78) 63 } => abc xc => $a@0+3, $a@4+2",
        "$a = { 61 [-] 63 /* any */ } => a....c => $a@0+6",
        "$a = /a[0-9]{2}/ => a12 a345 => $a@0+3, $a@4+3",
        "$a = /A./i => ab => $a@0+2",
        "$a = \"ab\" xor(1) => `c => $a@0+2",
        "$a = \"hello\" base64 => eGhlbGxveA== => $a@2+6",
        "$a = \"a\" $b = \"b\" => ba => '$a@1+1, $b@0+1'"
      })
  void stringsAreFound(String strings, String data, String expected) throws YaraException {
    assertThat(String.join(", ", strings(strings, data))).isEqualTo(expected);
  }

  @Test
  void escapesStandForBytes() throws YaraException {
    assertThat(strings("$a = \"a\\x62\\t\\\"\"", "xab\t\"")).containsExactly("$a@1+4");
  }

  @Test
  void wideTextHasZeros() throws YaraException {
    assertThat(strings("$a = \"ab\" wide", "xa\0b\0")).containsExactly("$a@1+4");
    assertThat(strings("$a = \"ab\" wide ascii", "ab a\0b\0")).containsExactly("$a@0+2", "$a@3+4");
    assertThat(strings("$a = /a./ wide", "xa\0b\0")).containsExactly("$a@1+4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "$a and not $b => true",
        "$a and $b => false",
        "$a or $b => true",
        "#a == 2 and #c >= 2 => true",
        "@a == 1 and @a[2] == 4 and !a[1] == 2 => true",
        "@a[3] == 1 => false",
        "not @a[3] == 1 => true",
        "$a at 1 => true",
        "$a at 2 => false",
        "$a in (3..9) and #a in (0..2) == 1 => true",
        "any of them => true",
        "all of them => false",
        "none of ($b) => true",
        "2 of them => true",
        "3 of ($a, $b, $c) => false",
        "50% of them => true",
        "2 of ($a*, $c) => true",
        "any of them in (0..1) => true",
        "for all of ($a, $c) : ( # == 2 ) => true",
        "for any of them : ( @ == 4 ) => false",
        "for any i in (1..#a) : ( @a[i] == 4 ) => true",
        "for all i in (1, 2) : ( @a[i] < 5 ) => true",
        "for none i in (1, 2) : ( @a[i] == 4 ) => false",
        "filesize == 7 and filesize < 1KB => true",
        "uint16(1) == 0x6261 and uint16be(1) == 0x6162 => true",
        "uint32(4) == 0 => false",
        "int8(0) == 120 => true",
        "1 + 2 * 3 == 7 and 7 \\ 2 == 3 and 7 % 4 == 3 => true",
        "(6 & 3) == 2 and (6 | 1) == 7 and (6 ^ 2) == 4 and 1 << 3 == 8 and ~0 == -1 => true",
        "1 \\ 0 == 1 => false",
        "ext == \"Word\" and num > 6 => true",
        "ext contains \"or\" and ext icontains \"WO\" and ext startswith \"W\" => true",
        "ext matches /^wo/i => true",
        "Before and defined num => true",
        "any of (Bef*) => true",
        "true => true"
      })
  void conditionsHold(String condition, boolean expected) throws YaraException {
    assertThat(holds(condition, "xab ab.")).isEqualTo(expected);
  }

  @Test
  void rulesKnowEachOther() throws YaraException {
    String rules =
        "private rule A { strings: $x = \"x\" condition: $x }\n"
            + "rule B : tag1 tag2 { meta: author = \"me\" n = -3 b = true condition: A }\n"
            + "rule C { condition: not A }";
    List<YaraRules.Match> matches = new ArrayList<>();
    YaraRules.compile(rules, Dict.EMPTY).scan(new byte[] {'x'}, 1, NOBODY, matches::add);
    assertThat(matches)
        .containsExactly(
            new YaraRules.Match(
                "B",
                List.of("tag1", "tag2"),
                Dict.of("author", "me", "n", -3L, "b", true),
                "",
                0,
                0));
  }

  @Test
  void aGlobalRuleDecidesForAll() throws YaraException {
    String rules = "global rule G { condition: filesize > 5 } rule R { condition: true }";
    assertThat(scan(rules, "abc", Dict.EMPTY)).isEmpty();
    assertThat(scan(rules, "abcdef", Dict.EMPTY)).hasSize(2);
  }

  @Test
  void theShortFormIsSpeltOut() throws YaraException {
    assertThat(scan("nocase ascii:one, two", "xONEtwo", Dict.EMPTY))
        .containsExactly("$a0@1+3", "$a1@4+3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "rule => line 1: unexpected end of text",
        "rule R { strings: $a = \"x condition: $a } => line 1: unterminated string",
        "rule R { condition: $a } => line 1: undefined string \"$a\"",
        "rule R { condition: foo } => line 1: undefined identifier \"foo\"",
        "import \"pe\" rule R { condition: true } => line 1: unknown module \"pe\"",
        "rule R { strings: $a = /(/ condition: $a } => line 1: invalid regular expression",
        "rule R { strings: $a = { 6 } condition: $a } => line 1: uneven number of digits",
        "rule R { condition: true } rule R { condition: true } => line 1: duplicated identifier",
        "YARA12345 => line 1: rules compiled beforehand are not supported",
        "include \"x\" => line 1: includes are disabled",
        "'' => line 1: there is no rule"
      })
  void whatIsWrongIsSaidWithItsLine(String rules, String message) {
    assertThatThrownBy(() -> YaraRules.compile(rules, Dict.EMPTY))
        .isInstanceOf(YaraException.class)
        .hasMessageStartingWith(message);
  }
}
