package org.minivql.cli.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.analysis.ArtifactLookup;
import org.minivql.analysis.Checker;
import org.minivql.analysis.Finding;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactParameter;
import org.minivql.artifact.ArtifactSource;
import org.minivql.artifact.Repository;
import org.minivql.cli.engine.Definitions;
import org.minivql.cli.io.Source;
import org.minivql.spi.Library;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxError;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Span;
import org.minivql.syntax.tree.Statement;

/** Checks files, all of them known to each other. */
final class Verification implements ArtifactLookup {
  private final Repository repository;
  private final Checker checker;
  private final List<Located> found = new ArrayList<>();

  /**
   * A finding and its place.
   *
   * @param file the file
   * @param line from 1
   * @param column from 1
   */
  record Located(String file, int line, int column, Finding finding) {}

  Verification(Library library, Repository repository) {
    this.repository = repository;
    this.checker = new Checker(library, this);
  }

  /** Checks these files and answers what was found, file after file. */
  List<Located> check(List<Source> files) {
    Map<Source, Artifact> artifacts = new LinkedHashMap<>();
    for (Source file : files) {
      if (Definitions.isDefinition(file.name())) {
        define(file, artifacts);
      }
    }
    for (Source file : files) {
      if (artifacts.containsKey(file)) {
        artifact(file, artifacts.get(file));
      } else if (!Definitions.isDefinition(file.name())) {
        text(new Place(file.name(), file.text(), 1, 0), Checker.Setting.PROGRAM);
      }
    }
    return List.copyOf(found);
  }

  private void define(Source file, Map<Source, Artifact> artifacts) {
    try {
      Artifact artifact = Artifact.parse(file.text());
      repository.define(artifact);
      artifacts.put(file, artifact);
    } catch (ArtifactException e) {
      Finding finding = new Finding(Finding.Rule.ARTIFACT_ERROR, Span.NONE, e.getMessage());
      found.add(new Located(file.name(), Math.max(1, e.line()), Math.max(1, e.column()), finding));
    }
  }

  private void artifact(Source file, Artifact artifact) {
    Set<String> names = new HashSet<>();
    artifact.parameters().stream().map(ArtifactParameter::name).forEach(names::add);
    exports(artifact, names);
    for (String imported : artifact.imports()) {
      Artifact other = repository.get(imported);
      if (other != null) {
        exports(other, names);
      }
    }
    boolean alone = artifact.sources().size() == 1;
    int from = 0;
    for (ArtifactSource source : artifact.sources()) {
      if (!source.query().isBlank()) {
        Place place = Place.of(file, source.query(), from);
        from = place.line();
        text(place, new Checker.Setting(artifact.type().name(), Set.copyOf(names), alone));
        definitions(source.query(), names);
      }
    }
  }

  private static void exports(Artifact artifact, Set<String> names) {
    definitions(artifact.export(), names);
  }

  private static void definitions(String text, Set<String> names) {
    if (text.isBlank()) {
      return;
    }
    // An artifact was parsed as a whole before, so this text is VQL.
    for (Statement statement : Parser.parse(text).statements()) {
      if (statement instanceof Let let) {
        names.add(Names.unquote(let.name()));
      }
    }
  }

  private void text(Place place, Checker.Setting setting) {
    try {
      Program program = Parser.parse(place.text());
      for (Finding finding : checker.check(program, setting)) {
        found.add(place.locate(finding.span().start(), finding));
      }
    } catch (SyntaxException e) {
      for (SyntaxError error : e.errors()) {
        Finding finding =
            new Finding(
                Finding.Rule.SYNTAX_ERROR,
                Span.of(error.offset(), error.offset()),
                error.message());
        found.add(place.locate(error.offset(), finding));
      }
    }
  }

  @Override
  public Info find(String name) {
    Artifact artifact = repository.get(name);
    return artifact == null
        ? null
        : new Info(
            artifact.type().name(),
            artifact.parameters().stream().map(ArtifactParameter::name).toList(),
            artifact.sources().stream().map(ArtifactSource::name).toList());
  }

  @Override
  public Collection<String> names() {
    return repository.names();
  }

  /**
   * A text inside a file.
   *
   * @param text the text
   * @param line the line of the file where it begins, from 1
   * @param indent how many columns its lines are indented there
   */
  private record Place(String file, String text, int line, int indent) {
    /** Where the lines of a query stand in a definition, at the given line or below. */
    static Place of(Source file, String query, int from) {
      List<String> lines = file.text().lines().toList();
      String first = query.lines().findFirst().orElse("").strip();
      for (int i = from; i < lines.size(); i++) {
        if (!first.isEmpty() && lines.get(i).endsWith(first)) {
          return new Place(file.name(), query, i + 1, lines.get(i).length() - first.length());
        }
      }
      return new Place(file.name(), query, 1, 0);
    }

    Located locate(int offset, Finding finding) {
      int breaks = 0;
      int start = 0;
      for (int i = 0; i < Math.min(offset, text.length()); i++) {
        if (text.charAt(i) == '\n') {
          breaks++;
          start = i + 1;
        }
      }
      int column = text.codePointCount(start, Math.min(offset, text.length())) + 1;
      return new Located(file, line + breaks, column + indent, finding);
    }
  }
}
