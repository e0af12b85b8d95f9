package org.minivql.cli.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.minivql.analysis.CallNames;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactSource;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.Source;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.spi.Library;
import org.minivql.spi.Signature;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.tree.Program;
import org.minivql.value.Dict;

/**
 * How many artifacts call only functions and plugins that there are, and which names the others
 * lack. Artifacts are definitions, or texts of definitions as JSON lines of the form {@code
 * {"query": …, "where": [{"origin": …, "artifact": …, "field": …}]}}.
 */
final class Coverage {
  private static final String DEFINITIONS = "definitions";

  private final Library library;
  private final Map<String, Map<String, Texts>> groups = new TreeMap<>();
  private final List<Program> exports = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** The parsed texts of one artifact. */
  private static final class Texts {
    private final List<Program> programs = new ArrayList<>();
    private final Set<String> lacking = new TreeSet<>();
  }

  Coverage(Library library) {
    this.library = library;
  }

  /** Reads some files and compares what they call with what there is. */
  void read(List<Source> files) {
    for (Source file : files) {
      if (Definitions.isDefinition(file.name())) {
        definition(file);
      } else {
        lines(file);
      }
    }
    // Which artifacts a text imports is not known; what any of them exports may be meant.
    CallNames exported = new CallNames();
    exports.forEach(exported::define);
    for (Map<String, Texts> artifacts : groups.values()) {
      artifacts.values().forEach(texts -> compare(texts, exported));
    }
  }

  /** What could not be read, a line each. */
  List<String> problems() {
    return problems;
  }

  private void definition(Source file) {
    Artifact artifact;
    try {
      artifact = Artifact.parse(file.text());
    } catch (ArtifactException e) {
      problems.add(file.name() + ": " + e.getMessage());
      return;
    }
    Texts texts = texts(DEFINITIONS, artifact.name());
    text(texts, artifact.export(), true, file.name());
    text(texts, artifact.precondition(), false, file.name());
    for (ArtifactSource source : artifact.sources()) {
      text(texts, source.precondition(), false, file.name());
      text(texts, source.query(), false, file.name());
    }
    for (Object source : (List<?>) artifact.definition().get("sources")) {
      if (((Dict) source).get("notebook") instanceof List<?> cells) {
        cells.forEach(cell -> cell(texts, (Dict) cell, file.name()));
      }
    }
  }

  private void cell(Texts texts, Dict cell, String file) {
    if ("vql".equals(String.valueOf(cell.get("type")).toLowerCase(Locale.ROOT))) {
      text(texts, String.valueOf(cell.get("template")), false, file);
    }
  }

  private void lines(Source file) {
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      try {
        if (!line.isBlank() && Json.parse(line) instanceof Dict record) {
          record(file.name() + ":" + number, record);
        }
      } catch (FormatException e) {
        problems.add(file.name() + ":" + number + ": " + e.getMessage());
      }
    }
  }

  private void record(String at, Dict record) {
    if (!(record.get("query") instanceof String query)
        || !(record.get("where") instanceof List<?> places)) {
      problems.add(at + ": no query, or no place of it");
      return;
    }
    for (Object entry : places) {
      if (entry instanceof Dict place) {
        String field = String.valueOf(place.get("field"));
        Texts texts =
            texts(String.valueOf(place.get("origin")), String.valueOf(place.get("artifact")));
        if (!field.startsWith("parameters")) {
          text(texts, query, field.equals("export"), at);
        }
      }
    }
  }

  private Texts texts(String group, String artifact) {
    return groups
        .computeIfAbsent(group, g -> new TreeMap<>())
        .computeIfAbsent(artifact, a -> new Texts());
  }

  private void text(Texts texts, String text, boolean export, String at) {
    if (text.isBlank()) {
      return;
    }
    try {
      Program program = Parser.parse(text);
      texts.programs.add(program);
      if (export) {
        exports.add(program);
      }
    } catch (SyntaxException e) {
      problems.add(at + ": " + e.getMessage());
    }
  }

  private void compare(Texts texts, CallNames exported) {
    CallNames names = new CallNames();
    texts.programs.forEach(names::add);
    lack("function", names.functions(), exported, library::functionSignature, texts.lacking);
    lack("plugin", names.plugins(), exported, library::pluginSignature, texts.lacking);
  }

  private static void lack(
      String kind,
      Set<String> called,
      CallNames exported,
      Function<String, Signature> find,
      Set<String> lacking) {
    for (String name : called) {
      Signature signature = find.apply(name);
      boolean there = signature != null && signature.version() >= 0;
      if (!there && !exported.defines(name)) {
        lacking.add(kind + " " + name);
      }
    }
  }

  /** The figures for people. */
  String text() {
    StringBuilder out = new StringBuilder();
    groups.forEach(
        (name, artifacts) ->
            out.append(name)
                .append(": ")
                .append(covered(artifacts.values()))
                .append(" of ")
                .append(artifacts.size())
                .append(" artifacts call only what there is\n"));
    List<Lack> lacks = lacks();
    if (!lacks.isEmpty()) {
      out.append("\nlacking, in how many artifacts, and in how many of them alone:\n");
      lacks.forEach(
          lack ->
              out.append(String.format("%5d %5d  %s%n", lack.artifacts, lack.alone, lack.name)));
    }
    return out.toString();
  }

  /** The figures as JSON. */
  String json() {
    List<Dict> figures = new ArrayList<>();
    List<Dict> uncovered = new ArrayList<>();
    groups.forEach(
        (name, artifacts) -> {
          figures.add(
              Dict.of(
                  "name",
                  name,
                  "artifacts",
                  (long) artifacts.size(),
                  "covered",
                  covered(artifacts.values())));
          artifacts.forEach(
              (artifact, texts) -> {
                if (!texts.lacking.isEmpty()) {
                  uncovered.add(
                      Dict.of(
                          "group", name,
                          "artifact", artifact,
                          "lacking", List.copyOf(texts.lacking)));
                }
              });
        });
    List<Dict> lacking =
        lacks().stream()
            .map(
                lack ->
                    Dict.of("name", lack.name, "artifacts", lack.artifacts, "alone", lack.alone))
            .toList();
    return Json.indented(
            Dict.of(
                "groups", figures,
                "lacking", lacking,
                "uncovered", uncovered,
                "problems", List.copyOf(problems)))
        + "\n";
  }

  private static long covered(Collection<Texts> artifacts) {
    return artifacts.stream().filter(texts -> texts.lacking.isEmpty()).count();
  }

  /** A name that is not there. */
  private record Lack(String name, long artifacts, long alone) {}

  private List<Lack> lacks() {
    Map<String, Lack> lacks = new LinkedHashMap<>();
    BinaryOperator<Lack> sum =
        (a, b) -> new Lack(a.name, a.artifacts + b.artifacts, a.alone + b.alone);
    for (Map<String, Texts> artifacts : groups.values()) {
      for (Texts texts : artifacts.values()) {
        long alone = texts.lacking.size() == 1 ? 1 : 0;
        texts.lacking.forEach(name -> lacks.merge(name, new Lack(name, 1, alone), sum));
      }
    }
    return lacks.values().stream()
        .sorted(Comparator.comparingLong(Lack::artifacts).reversed().thenComparing(Lack::name))
        .toList();
  }
}
