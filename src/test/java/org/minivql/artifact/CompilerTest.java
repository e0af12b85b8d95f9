package org.minivql.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.value.Dict;

class CompilerTest {
  private final Repository repository = Repository.standard();
  private final Compiler compiler =
      new Compiler(repository, key -> Map.of("FeedURL", "https://news.example/feed").get(key));

  private List<Request> compile(String yaml, Dict env) {
    return compiler.compile(Artifact.parse(yaml), env);
  }

  private static String sources(String... more) {
    return "sources:\n- name: A\n  query: SELECT 1 FROM scope()\n"
        + "- name: B\n  query: SELECT 2 FROM scope()\n"
        + String.join("", more);
  }

  @Test
  void sourcesShareOneScope() {
    List<Request> requests = compile("name: X\n" + sources(), Dict.EMPTY);

    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).queries())
        .extracting(Request.Query::name)
        .containsExactly("X/A", "X/B");
  }

  @Test
  void aSourcePreconditionOrAnEventTypeSeparatesThem() {
    assertThat(
            compile("name: X\n" + sources("  precondition: SELECT 1 FROM scope()\n"), Dict.EMPTY))
        .extracting(r -> r.precondition().isEmpty())
        .containsExactly(true, false);
    assertThat(compile("name: X\ntype: SERVER_EVENT\n" + sources(), Dict.EMPTY)).hasSize(2);
  }

  @Test
  void aSourceWithoutAQueryIsLeftOut() {
    assertThat(compile("name: X\nsources:\n- name: A\n", Dict.EMPTY)).isEmpty();
  }

  @Test
  void parametersBecomeVariablesAndConversionsInOrder() {
    Request request =
        compile(
                """
                name: X
                parameters:
                  - name: Count
                    type: int
                    default: 3
                  - name: Text
                    default: abc
                  - name: Odd name
                    type: timestamp
                sources:
                  - query: SELECT 1 FROM scope()
                """,
                Dict.of("Count", "7", "Other", "z"))
            .get(0);

    assertThat(request.env())
        .isEqualTo(Dict.of("Count", "7", "Text", "abc", "Odd name", "", "Other", "z"));
    assertThat(request.preamble())
        .isEqualTo("LET Count <= int(int=Count)\nLET `Odd name` <= timestamp(epoch=`Odd name`)\n");
  }

  @Test
  void parametersMayBeNamedLikeWordsOfTheLanguage() {
    for (String word : List.of("Limit", "from", "NOT", "true", "Desc", "explain")) {
      Request request =
          compile(
                  "name: X\nparameters:\n- {name: '"
                      + word
                      + "', type: int, default: 0x10}\n"
                      + sources(),
                  Dict.EMPTY)
              .get(0);

      assertThat(request.preamble()).isEqualTo("LET `" + word + "` <= int(int=`" + word + "`)\n");
      Vql vql = Vql.builder().build();
      List<Dict> rows = new ArrayList<>();
      vql.compile(request.preamble() + "SELECT `" + word + "` AS V FROM scope()")
          .run(QueryOptions.defaults().withEnv(request.env().toMap()), rows::add);
      assertThat(rows).containsExactly(Dict.of("V", 16L));
    }
    // By is half of a word, and Group the other half.
    assertThat(
            compile(
                    "name: X\nparameters:\n- {name: Group, type: int}\n- {name: By, type: int}\n"
                        + sources(),
                    Dict.EMPTY)
                .get(0)
                .preamble())
        .isEqualTo("LET Group <= int(int=Group)\nLET By <= int(int=By)\n");
  }

  @Test
  void serverMetadataReplacesTheDefault() {
    Request request =
        compiler.compile(repository.get("Server.Monitoring.RSSFeeds"), Dict.EMPTY).get(0);

    assertThat(request.env().get("FeedURL")).isEqualTo("https://news.example/feed");
  }

  @Test
  void exportsComeFromTheArtifactItselfThenItsImports() {
    repository.set(Artifact.parse("name: Lib\nexport: LET L = 1\nimports: [Deep]\n"));

    Request request =
        compile(
                "name: X\nexport: LET E = 1\nimports: [Lib]\nsources:\n- query: SELECT 1 FROM scope()\n",
                Dict.EMPTY)
            .get(0);

    assertThat(request.exports()).containsExactly("LET E = 1", "LET L = 1");
    assertThatThrownBy(() -> compile("name: X\nimports: [No]\n", Dict.EMPTY))
        .hasMessage("Artifact X imports No which is not known.");
  }
}
