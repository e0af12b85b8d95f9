package org.minivql.builtin.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;

class TemplateTest {
  private static final Vql ENGINE = Vql.builder().catalog(new GeneratedCatalog()).build();
  private static final String DATA =
      "dict(Name='eva', N=3, L=('a', 'b'), E=[], D=dict(k=1, j=dict(x='y')), Yes=TRUE)";

  private final List<String> log = new ArrayList<>();

  private Object expand(String template, boolean html) {
    Object[] cell = new Object[1];
    ENGINE
        .compile("SELECT template(template=T, expansion=" + DATA + ", html=H) AS X FROM scope()")
        .run(
            QueryOptions.defaults()
                .withEnv(Map.of("T", template, "H", html, "Outside", "from outside"))
                .withLog(line -> log.add(line.text())),
            row -> {
              cell[0] = row.get("X");
              return true;
            });
    return cell[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a{{/* not shown */}}b~ab",
        "a {{- .N -}} b~a3b",
        "{{ .Name | upper | printf \"<%s>\" }}~<EVA>",
        "{{ if .E }}x{{ else if .Yes }}y{{ else }}z{{ end }}~y",
        "{{ if and .Yes (not .E) (gt .N 2) }}x{{ end }}~x",
        "{{ if or .E .Nothing }}x{{ else }}y{{ end }}~y",
        "{{ with .D }}{{ .k }}{{ end }}~1",
        "{{ with .E }}x{{ else }}none{{ end }}~none",
        "{{ range $i, $x := .L }}{{ $i }}{{ $x }};{{ end }}~0a;1b;",
        "{{ range .L }}{{ $.Name }}{{ . }} {{ end }}~evaa evab ",
        "{{ range .E }}x{{ else }}none{{ end }}~none",
        "{{ range $k, $v := .D }}{{ $k }},{{ end }}~j,k,",
        "{{ range until 5 }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}~012",
        "{{ $x := 1 }}{{ range .L }}{{ $x = add $x 1 }}{{ end }}{{ $x }}~3",
        "{{ define \"t\" }}<{{ . }}>{{ end }}{{ template \"t\" .Name }}~<eva>",
        "{{ Get .D \"j.x\" }}{{ Get .D \"j.z\" \"?\" }}~y?",
        "{{ Scope \"Outside\" }}{{ Scope \"Nowhere\" }}~from outside<?>",
        "{{ .D.j.x }}~y",
        "{{ .Missing }}~<no value>",
        "{{ len .L }} {{ index .L 1 }} {{ index .D \"k\" }}~2 b 1",
        "{{ join \", \" .L }} {{ default \"d\" .Missing }}~a, b d",
        "{{ title \"two words\" }} {{ trunc 3 \"abcdef\" }} {{ indent 2 \"x\" }}~Two Words abc   x",
        "{{ eq .N 1 2 3 }} {{ ne .N 3 }} {{ le 2 .N }}~true false true",
        "{{ toJson .L }} {{ \"q\" | quote }} {{ `raw\\n` }}~[\"a\",\"b\"] \"q\" raw\\n",
        "{{ add 1 2 3 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 2 }} {{ max 1 5 2 }}~6 6 3 1 5",
        "{{ date \"2006-01-02\" 1299308889 }}~2011-03-05",
        "{{ dict \"a\" 1 | toJson }} {{ env \"HOME\" }}~{\"a\":1} ",
      })
  void expands(String template, String text) {
    assertThat(expand(template, false)).as("%s", log).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ if .Yes }}",
        "{{ .Name",
        "{{ nosuch 1 }}",
        "{{ end }}",
        "{{ $x }}",
        "{{ template \"nosuch\" }}",
        "{{ .Name 1 }}",
        "{{ index .L 7 }}",
        "{{ \"open }}",
        "{{ div 1 0 }}",
        "{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}",
      })
  void logsWhatItCannotExpand(String template) {
    assertThat(expand(template, false)).isNull();
    assertThat(log).hasSize(1).first().asString().startsWith("template: ");
  }

  @Test
  void escapesOnlyWhatIsInsertedIntoHtml() {
    assertThat(expand("<i>{{ \"<&'\" }}</i>", true)).isEqualTo("<i>&lt;&amp;&#39;</i>");
  }

  @Test
  void aBackslashBeforeTheEndOfALineJoinsLines() {
    assertThat(expand("a\\\nb", false)).isEqualTo("ab");
  }
}
