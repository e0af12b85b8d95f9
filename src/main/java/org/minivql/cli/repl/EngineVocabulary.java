package org.minivql.cli.repl;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactSource;
import org.minivql.artifact.Repository;
import org.minivql.spi.ArgType;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Library;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;

/** The names of an engine, its artifacts and the definitions of a session. */
final class EngineVocabulary implements Vocabulary {
  private static final String ARTIFACT = "Artifact.";
  private static final int MOST_NESTED = 10;

  private final Library library;
  private final Supplier<Repository> artifacts;
  private final Map<String, List<String>> columnsOfVariables = new TreeMap<>();

  /**
   * A vocabulary.
   *
   * @param artifacts the artifacts; answers null where there are none
   */
  EngineVocabulary(Library library, Supplier<Repository> artifacts) {
    this.library = library;
    this.artifacts = artifacts;
  }

  /** Learns a variable. */
  void add(String variable) {
    columnsOfVariables.put(variable, List.of());
  }

  /** Learns a definition. */
  void add(Let let) {
    List<String> columns =
        let.body() instanceof Select select ? columns(select, MOST_NESTED) : List.of();
    columnsOfVariables.put(Names.unquote(let.name()), columns);
  }

  @Override
  public Collection<String> functions() {
    return library.functionNames();
  }

  @Override
  public Collection<String> plugins() {
    return library.pluginNames();
  }

  @Override
  public Signature function(String name) {
    return library.functionSignature(name);
  }

  @Override
  public Signature plugin(String name) {
    Artifact artifact = artifact(name);
    return artifact == null ? library.pluginSignature(name) : signature(name, artifact);
  }

  private Artifact artifact(String name) {
    Repository repository = artifacts.get();
    return repository != null && name.startsWith(ARTIFACT)
        ? repository.get(name.substring(ARTIFACT.length()))
        : null;
  }

  private Signature signature(String name, Artifact artifact) {
    List<Parameter> parameters =
        artifact.parameters().stream()
            .map(
                p ->
                    new Parameter(
                        p.name(),
                        ArgType.STRING,
                        false,
                        p.defaultValue(),
                        oneLine(p.description())))
            .toList();
    return new Signature(
        Signature.Kind.PLUGIN,
        name,
        oneLine(artifact.description()),
        parameters,
        true,
        columns(artifact, MOST_NESTED),
        List.of(),
        0,
        "",
        ErrorValue.NULL,
        name,
        false,
        artifact.type().name().endsWith("EVENT"));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\n\\s*", " ");
  }

  private List<String> columns(Artifact artifact, int depth) {
    Set<String> names = new LinkedHashSet<>();
    for (ArtifactSource source : artifact.sources()) {
      if (!source.query().isBlank()) {
        // An artifact was parsed as a whole before, so this text is VQL.
        for (Statement statement : Parser.parse(source.query()).statements()) {
          if (statement instanceof Select select) {
            names.addAll(columns(select, depth));
          }
        }
      }
    }
    return List.copyOf(names);
  }

  private List<String> columns(Select select, int depth) {
    Set<String> names = new LinkedHashSet<>();
    if (select.star() && depth > 0) {
      names.addAll(columns(String.join(".", select.from().path()), depth - 1));
    }
    for (Column column : select.columns()) {
      if (!column.star()) {
        names.add(Names.columnName(column));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public Collection<String> columns(String source) {
    return columns(source, MOST_NESTED);
  }

  private Collection<String> columns(String source, int depth) {
    List<String> known = columnsOfVariables.get(source);
    if (known != null) {
      return known;
    }
    Artifact artifact = artifact(source);
    if (artifact != null) {
      return columns(artifact, depth);
    }
    Signature signature = library.pluginSignature(source);
    return signature == null ? List.of() : signature.columns();
  }

  @Override
  public Collection<String> artifacts() {
    Repository repository = artifacts.get();
    return repository == null ? List.of() : repository.names();
  }

  @Override
  public Collection<String> variables() {
    return columnsOfVariables.keySet();
  }
}
