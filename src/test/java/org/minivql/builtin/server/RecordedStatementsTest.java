package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.Execution;
import org.minivql.conformance.Cases;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** Statements with the answers that a server gave, run in their order in one scope. */
class RecordedStatementsTest {
  @ParameterizedTest
  @ValueSource(strings = {"clients", "link_to"})
  void answersAsTheServerDid(String topic) throws Exception {
    Path file =
        Cases.conformance()
            .map(dir -> dir.resolve("golden").resolve("cases").resolve(topic + ".json"))
            .orElse(Path.of("none"));
    assumeTrue(Files.isRegularFile(file), Cases.absence());
    Dict cases = (Dict) Json.parse(Files.readString(file));
    Map<String, Object> env = new LinkedHashMap<>(((Dict) cases.get("env")).toMap());
    env.put("Upload", Dict.of("Components", List.of("uploads", "data", "Text.txt")));
    List<String> different = new ArrayList<>();
    int compared = 0;
    try (Bench bench = new Bench()) {
      bench.artifact("Windows.Network.Netstat", "CLIENT", "");
      try (Execution session = bench.session(env)) {
        for (Object item : (List<?>) cases.get("statements")) {
          Dict statement = (Dict) item;
          String query = (String) statement.get("query");
          if (query.contains("upload(")) {
            continue;
          }
          List<Object> rows = new ArrayList<>(bench.rows(session, query));
          if (query.contains("client_delete(")) {
            // What is listed there depends on where the server keeps its files.
            continue;
          }
          compared++;
          if (!Json.text(rows).equals(Json.text(statement.get("rows")))) {
            different.add(
                query + "\n  " + Json.text(rows) + "\n  " + Json.text(statement.get("rows")));
          }
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThanOrEqualTo(2);
  }
}
