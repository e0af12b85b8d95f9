package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.value.Dict;

class YamlTest {
  @Test
  void readsDocumentsInOrder() throws FormatException {
    Object value =
        Yaml.parse(
            """
            name: demo
            7: dropped
            steps:
              - one
              - {deep: [1, 0x10, 010]}
            """);
    assertThat(value)
        .isEqualTo(
            Dict.of(
                "name", "demo", "steps", List.of("one", Dict.of("deep", List.of(1L, 16L, 8L)))));
  }

  @Test
  void scalarsFollowTheOldRules() throws FormatException {
    assertThat(Yaml.parse("[yes, off, ~, 1_000, 1.5, .inf, 2011-03-05, 'yes', 1:30, -x]"))
        .isEqualTo(
            Arrays.asList(
                true,
                false,
                null,
                1000L,
                1.5,
                Double.POSITIVE_INFINITY,
                "2011-03-05",
                "yes",
                "1:30",
                "-x"));
  }

  @Test
  void resolvesAliasesAndMerges() throws FormatException {
    Object value =
        Yaml.parse(
            """
            base: &base {a: 1, b: 2}
            more:
              <<: *base
              b: 3
            """);
    assertThat(value)
        .isEqualTo(Dict.of("base", Dict.of("a", 1L, "b", 2L), "more", Dict.of("b", 3L, "a", 1L)));
  }

  @Test
  void onlyTheFirstDocumentCounts() throws FormatException {
    assertThat(Yaml.parse("a: 1\n---\nb: 2\n")).isEqualTo(Dict.of("a", 1L));
    assertThat(Yaml.parse("")).isEqualTo(Dict.EMPTY);
  }

  @Test
  void typesOfTheHostStayText() throws FormatException {
    assertThat(Yaml.parse("a: !!javax.script.ScriptEngineManager [x]"))
        .isEqualTo(Dict.of("a", List.of("x")));
  }

  @Test
  void refusesToGrowThroughAliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = ("*a" + (i - 1) + ",").repeat(10);
      text.append("a" + i + ": &a" + i + " [" + before + "]\n");
    }
    assertThatThrownBy(() -> Yaml.parse(text.toString())).hasMessageContaining("aliasing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [1", "a: 'x", "*nowhere", "a:\n\tb: 1", "\"a\" b: 1"})
  void rejectsWhatIsNotYaml(String text) {
    assertThatThrownBy(() -> Yaml.parse(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThatThrownBy(() -> Yaml.parse("[".repeat(10_000))).isInstanceOf(FormatException.class);
  }

  @Test
  void writesBlocks() {
    Object value =
        Dict.of(
            "s",
            "text",
            "q",
            "yes",
            "n",
            null,
            "i",
            7L,
            "f",
            1.5,
            "e",
            List.of(),
            "l",
            List.of(1L, Dict.of("k", "a: b")),
            "m",
            "one\ntwo\n");
    assertThat(Yaml.text(value))
        .isEqualTo(
            """
            s: text
            q: "yes"
            "n": {}
            i: 7
            f: 1.5
            e: []
            l:
            - 1
            - k: 'a: b'
            m: |
              one
              two
            """);
  }
}
