package org.minivql.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Repository;
import org.minivql.value.Dict;

/**
 * The artifacts that a server has, as far as the corpus holds their queries: enough to be named in
 * a collection.
 */
final class PublishedArtifacts {
  private static final Pattern SOURCE = Pattern.compile("sources\\[(\\d+)]\\.(query|precondition)");

  private PublishedArtifacts() {}

  static List<Artifact> read(Path conformance) {
    Map<String, TreeMap<Integer, Dict>> sources = new TreeMap<>();
    Map<String, String> exports = new TreeMap<>();
    for (Map<String, Object> text : Cases.read(conformance.resolve("corpus/corpus.jsonl"))) {
      for (Object place : (List<?>) text.getOrDefault("where", List.of())) {
        add(sources, exports, (Map<?, ?>) place, (String) text.get("query"));
      }
    }
    exports.keySet().forEach(name -> sources.computeIfAbsent(name, n -> new TreeMap<>()));
    sources.keySet().removeAll(new TreeSet<>(Repository.standard().names()));
    List<Artifact> artifacts = new ArrayList<>();
    sources.forEach(
        (name, parts) -> artifact(name, exports.getOrDefault(name, ""), parts, artifacts));
    return List.copyOf(artifacts);
  }

  private static void add(
      Map<String, TreeMap<Integer, Dict>> sources,
      Map<String, String> exports,
      Map<?, ?> place,
      String query) {
    String name = (String) place.get("artifact");
    Matcher field = SOURCE.matcher(String.valueOf(place.get("field")));
    if ("builtin".equals(place.get("origin")) && "export".equals(place.get("field"))) {
      exports.put(name, query);
    } else if ("builtin".equals(place.get("origin")) && field.matches()) {
      sources
          .computeIfAbsent(name, n -> new TreeMap<>())
          .merge(
              Integer.valueOf(field.group(1)),
              Dict.of(field.group(2), query),
              (a, b) -> a.toBuilder().setAll(b).build());
    }
  }

  private static void artifact(
      String name, String export, TreeMap<Integer, Dict> parts, List<Artifact> artifacts) {
    List<Object> all = new ArrayList<>();
    parts.forEach((at, part) -> all.add(part.has("name") ? part : part.with("name", "S" + at)));
    try {
      artifacts.add(
          Artifact.of(
              Dict.of(
                  "name",
                  name,
                  "type",
                  isEvent(name) ? "CLIENT_EVENT" : "CLIENT",
                  "export",
                  export,
                  "sources",
                  all.size() == 1 ? List.copyOf(parts.values()) : all)));
    } catch (ArtifactException e) {
      // A definition of which the corpus has only a part need not stand alone.
      return;
    }
  }

  /** The corpus does not tell the types; the sample datastore has events of some artifacts. */
  private static boolean isEvent(String name) {
    Path clients = Cases.shared().map(dir -> dir.resolve("data/datastore/clients")).orElse(null);
    if (clients == null || !Files.isDirectory(clients)) {
      return false;
    }
    try (Stream<Path> all = Files.list(clients)) {
      return all.anyMatch(client -> Files.isDirectory(client.resolve("monitoring").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
