package org.minivql.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.artifact.Artifact;
import org.minivql.format.Json;

/** Runs the golden files: the statements of a file in one scope, each compared on its own. */
final class GoldenCases {
  private static final long TIMEOUT_SECONDS = 60;

  /**
   * What came of a statement.
   *
   * @param id the case and the number of the statement
   * @param tags its tags
   * @param reason why it failed; null when it passed
   */
  record Outcome(String id, List<String> tags, String reason) {
    boolean tagged(String tag) {
      return tags.stream().anyMatch(t -> t.equals(tag) || t.startsWith(tag + ":"));
    }
  }

  private GoldenCases() {}

  static List<Outcome> runAll(Path folder) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    Path cases = folder.resolve("cases");
    if (!Files.isDirectory(cases)) {
      return outcomes;
    }
    List<Artifact> artifacts =
        PublishedArtifacts.read(folder.toAbsolutePath().normalize().getParent());
    try (Stream<Path> files = Files.list(cases)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        @SuppressWarnings("unchecked")
        Map<String, Object> testCase = (Map<String, Object>) Cases.parse(Files.readString(file));
        outcomes.addAll(run(testCase, folder.resolve("files"), artifacts));
      }
    }
    return outcomes;
  }

  @SuppressWarnings("unchecked")
  private static List<Outcome> run(
      Map<String, Object> testCase, Path files, List<Artifact> artifacts) {
    List<Outcome> outcomes = new ArrayList<>();
    Map<String, Object> env = new LinkedHashMap<>();
    env.put("srcDir", files.toAbsolutePath().normalize().toString());
    env.putAll((Map<String, Object>) testCase.getOrDefault("env", Map.of()));
    List<Map<String, Object>> statements = (List<Map<String, Object>>) testCase.get("statements");
    try (GoldenWorld world = GoldenWorld.open(artifacts)) {
      Vql engine = world.engine();
      QueryOptions options = world.options(env, TIMEOUT_SECONDS);
      try (Execution session = engine.session(options)) {
        for (int i = 0; i < statements.size(); i++) {
          Map<String, Object> statement = statements.get(i);
          String id = testCase.get("id") + "/" + i;
          List<String> tags = (List<String>) statement.getOrDefault("tags", List.of());
          outcomes.add(
              new Outcome(id, tags, check(world, engine, session, testCase, statement, env)));
        }
      }
    }
    return outcomes;
  }

  private static String check(
      GoldenWorld world,
      Vql engine,
      Execution session,
      Map<String, Object> testCase,
      Map<String, Object> statement,
      Map<String, Object> env) {
    List<Object> rows = new ArrayList<>();
    try {
      world.before((String) statement.get("query"));
      session.run(
          engine.compile((String) statement.get("query")),
          row -> {
            rows.add(Cases.parse(Json.text(session.scope(), row)));
            return true;
          });
    } catch (RuntimeException | StackOverflowError e) {
      return "throws " + e;
    }
    Object got = rows;
    if (((List<?>) testCase.getOrDefault("tags", List.of())).contains("redacted")) {
      got = redact(rows, (String) env.get("srcDir"));
    }
    Object wanted = statement.getOrDefault("rows", List.of());
    boolean ordered = !Boolean.FALSE.equals(testCase.get("ordered"));
    boolean same =
        ordered ? Same.same(wanted, got) : Same.multisets((List<?>) wanted, (List<?>) got);
    return same ? null : got + " instead of " + wanted;
  }

  private static final List<String> HIDDEN = List.of("Size", "StoredSize", "sha256", "md5");

  private static Object redact(Object value, String srcDir) {
    if (value instanceof String text) {
      return text.replace(srcDir, "<srcDir>");
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(redact(item, srcDir)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach(
          (name, item) ->
              copy.put(
                  ((String) name).replace(srcDir, "<srcDir>"),
                  HIDDEN.contains(name) ? "<redacted>" : redact(item, srcDir)));
      return copy;
    }
    return value;
  }
}
