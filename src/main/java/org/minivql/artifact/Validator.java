package org.minivql.artifact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.minivql.spi.Permissions;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxError;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Dict;

/** The checks of a definition that do not need other definitions. */
final class Validator {
  private static final Pattern NAME = Pattern.compile("^[a-zA-Z0-9_.]+$");
  private static final Pattern DIGIT_PART = Pattern.compile("(^|\\.)[0-9]");
  private static final Set<String> PERMISSIONS = Set.copyOf(Permissions.NAMES);
  private static final Set<String> CELLS =
      Set.of("md", "markdown", "vql", "vql_suggestion", "notebook", "none");
  private static final Set<String> REPORTS =
      Set.of("CLIENT", "SERVER_EVENT", "MONITORING_DAILY", "SERVER", "HTML", "INTERNAL");

  private static final int WHOLE = -1;

  private final Dict definition;
  private final Map<String, YamlNode.Scalar> places;
  private final String name;
  private final Consumer<ArtifactException> skipped;

  /** The sources that do not parse, by their numbers; {@link #WHOLE} for the rest. */
  private final Set<Integer> broken = new HashSet<>();

  /** What does not parse is wrong. */
  Validator(Dict definition, Map<String, YamlNode.Scalar> places) {
    this(
        definition,
        places,
        problem -> {
          throw problem;
        });
  }

  /**
   * A check.
   *
   * @param skipped takes what does not parse
   */
  Validator(
      Dict definition, Map<String, YamlNode.Scalar> places, Consumer<ArtifactException> skipped) {
    this.definition = definition;
    this.places = places;
    this.skipped = skipped;
    this.name = (String) definition.get("name");
  }

  /** The type, when everything is right. */
  ArtifactType check() {
    name();
    String typeName = (String) definition.get("type");
    ArtifactType type = ArtifactType.of(typeName);
    if (type == null) {
      throw problem("Artifact type " + typeName + " invalid.", "type");
    }
    permissions("required_permissions");
    permissions("implied_permissions");
    reports();
    query("precondition", "While parsing artifact precondition: ");
    query("export", "While parsing artifact export: ");
    sources();
    return type;
  }

  /** The definition without the VQL that does not parse, once it was checked. */
  Dict runnable() {
    if (broken.isEmpty()) {
      return definition;
    }
    boolean whole = broken.contains(WHOLE);
    List<Dict> sources = new ArrayList<>(Artifact.dicts(definition, "sources"));
    for (int i = 0; i < sources.size(); i++) {
      if (whole || broken.contains(i)) {
        sources.set(
            i,
            sources.get(i).toBuilder()
                .replace("precondition", "")
                .replace("query", "")
                .replace("queries", List.of())
                .build());
      }
    }
    Dict.Builder out = definition.toBuilder().replace("sources", List.copyOf(sources));
    return whole ? out.replace("precondition", "").replace("export", "").build() : out.build();
  }

  private void name() {
    if (!NAME.matcher(name).matches()) {
      throw problem(
          "Invalid artifact name. Can only contain characters in this set 'a-zA-Z0-9_.'", "name");
    }
    if (DIGIT_PART.matcher(name).find()) {
      throw problem("Invalid artifact name. Name parts can not start with a number'", "name");
    }
  }

  private void permissions(String member) {
    List<String> permissions = Artifact.strings(definition, member);
    for (int i = 0; i < permissions.size(); i++) {
      if (!PERMISSIONS.contains(permissions.get(i))) {
        throw problem("Invalid artifact permission: " + permissions.get(i), member + "[" + i + "]");
      }
    }
  }

  private void reports() {
    List<Dict> reports = Artifact.dicts(definition, "reports");
    for (int i = 0; i < reports.size(); i++) {
      String type = (String) reports.get(i).get("type");
      if (!type.isEmpty() && !REPORTS.contains(type.toUpperCase(Locale.ROOT))) {
        throw problem("Invalid report type " + type, "reports[" + i + "].type");
      }
    }
  }

  private void sources() {
    List<Dict> sources = Artifact.dicts(definition, "sources");
    boolean top = !((String) definition.get("precondition")).isBlank();
    for (int i = 0; i < sources.size(); i++) {
      Dict source = sources.get(i);
      String path = "sources[" + i + "].";
      if (top && !((String) source.get("precondition")).isBlank()) {
        throw problem(
            "Artifact " + name + " contains a top level precondition and a source precondition.",
            path + "precondition");
      }
      cells(source, path);
      text(
          i,
          (String) source.get("precondition"),
          path + "precondition",
          "While parsing precondition: ");
      String query = ArtifactSource.of(source).query();
      if (!query.isBlank()) {
        String at = places.containsKey(path + "query") ? path + "query" : path + "queries[0]";
        statements(i, query, at);
      }
    }
  }

  private void cells(Dict source, String path) {
    List<Dict> cells = Artifact.dicts(source, "notebook");
    for (int i = 0; i < cells.size(); i++) {
      String type = (String) cells.get(i).get("type");
      if (!type.isEmpty() && !CELLS.contains(type.toLowerCase(Locale.ROOT))) {
        throw problem(
            "Artifact " + name + " contains an invalid notebook cell type: " + type,
            path + "notebook[" + i + "].type");
      }
    }
  }

  private void statements(int source, String query, String path) {
    String message = "While parsing source query " + query.strip() + ": ";
    Program program = text(source, query, path, message);
    List<Statement> statements = program == null ? List.of() : program.statements();
    for (int i = 0; i < statements.size(); i++) {
      boolean last = i == statements.size() - 1;
      boolean let = statements.get(i) instanceof Let;
      if (last == let) {
        // The second space is in the text that people know.
        throw problem(
            "Invalid artifact "
                + (last ? " " : "")
                + name
                + ": All Queries in a source must be LET queries, except for the final one.",
            path);
      }
    }
  }

  private void query(String member, String message) {
    text(WHOLE, (String) definition.get(member), member, message);
  }

  /** The program; null where there is none, or it does not parse and need not. */
  private Program text(int source, String vql, String path, String message) {
    if (vql.isBlank()) {
      return null;
    }
    try {
      return Parser.parse(vql);
    } catch (SyntaxException e) {
      SyntaxError error = e.errors().get(0);
      String text = message + error.line() + ":" + error.column() + ": " + error.message();
      YamlNode.Scalar place = places.get(path);
      if (place == null) {
        return skip(source, new ArtifactException(text));
      }
      // Line and column of the VQL text become those of the document.
      boolean below = place.textLine() != place.line();
      int line = place.textLine() + error.line() - 1;
      int column = error.column() + (below || error.line() == 1 ? place.textColumn() - 1 : 0);
      return skip(source, new ArtifactException(text, line, column));
    }
  }

  private Program skip(int source, ArtifactException problem) {
    skipped.accept(problem);
    broken.add(source);
    return null;
  }

  private ArtifactException problem(String message, String path) {
    YamlNode.Scalar place = places.get(path);
    return place == null
        ? new ArtifactException(message)
        : new ArtifactException(message, place.line(), place.column());
  }
}
