package org.minivql.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.minivql.value.Dict;

/**
 * A checked definition.
 *
 * <p>{@link #definition} is the definition as queries see it: every member in declaration order,
 * zero values included.
 *
 * @since 0.1.0
 */
public final class Artifact {
  private final String name;
  private final ArtifactType type;
  private final Dict definition;
  private final List<ArtifactParameter> parameters;
  private final List<ArtifactSource> sources;

  private Artifact(ArtifactType type, Dict definition) {
    this.name = (String) definition.get("name");
    this.type = type;
    this.definition = definition.toBuilder().replace("type", type.text()).build();
    this.parameters = dicts(definition, "parameters").stream().map(ArtifactParameter::of).toList();
    this.sources = dicts(definition, "sources").stream().map(ArtifactSource::of).toList();
  }

  /**
   * Reads and checks a definition.
   *
   * @param yaml the text
   * @throws ArtifactException naming line and column where it is wrong
   */
  public static Artifact parse(String yaml) {
    Decoder.Decoded decoded = Decoder.decode(yaml);
    Dict definition = decoded.definition().toBuilder().replace("raw", yaml).build();
    ArtifactType type = new Validator(definition, decoded.places()).check();
    return new Artifact(type, definition);
  }

  /**
   * Reads a definition as a server does that finds it where its definitions are kept: a source that
   * does not parse is there but runs nothing, and where the precondition or the export of the whole
   * does not parse no source runs anything.
   *
   * @param yaml the text
   * @param skipped is told why, with line and column
   * @throws ArtifactException naming line and column where anything else is wrong
   */
  public static Artifact load(String yaml, Consumer<ArtifactException> skipped) {
    Decoder.Decoded decoded = Decoder.decode(yaml);
    Dict definition = decoded.definition().toBuilder().replace("raw", yaml).build();
    return load(new Validator(definition, decoded.places(), skipped));
  }

  /** The same for a definition given as a dict; the reasons have no place. */
  public static Artifact load(Dict given, Consumer<ArtifactException> skipped) {
    return load(new Validator(Decoder.decode(given), Map.of(), skipped));
  }

  private static Artifact load(Validator validator) {
    ArtifactType type = validator.check();
    return new Artifact(type, validator.runnable());
  }

  /**
   * Checks a definition given as a dict.
   *
   * @throws ArtifactException where it is wrong
   */
  public static Artifact of(Dict given) {
    Dict definition = Decoder.decode(given);
    ArtifactType type = new Validator(definition, Map.of()).check();
    return new Artifact(type, definition);
  }

  /** The full name. */
  public String name() {
    return name;
  }

  /** Where it runs. */
  public ArtifactType type() {
    return type;
  }

  /** Everything, as a dict. */
  public Dict definition() {
    return definition;
  }

  /** The parameters in order. */
  public List<ArtifactParameter> parameters() {
    return parameters;
  }

  /** The parameter with this name, or null. */
  public ArtifactParameter parameter(String parameter) {
    for (ArtifactParameter p : parameters) {
      if (p.name().equals(parameter)) {
        return p;
      }
    }
    return null;
  }

  /** The sources in order. */
  public List<ArtifactSource> sources() {
    return sources;
  }

  /** The names of its result sets or queues: itself, or itself and a source. */
  public List<String> resultNames() {
    List<String> names = new ArrayList<>();
    for (ArtifactSource source : sources) {
      String result = resultName(source);
      if (!names.contains(result)) {
        names.add(result);
      }
    }
    return names;
  }

  /** The name of a source's result set. */
  public String resultName(ArtifactSource source) {
    return source.name().isEmpty() ? name : name + "/" + source.name();
  }

  /** Other names it is known by. */
  public List<String> aliases() {
    return strings(definition, "aliases");
  }

  /** What it is for. */
  public String description() {
    return (String) definition.get("description");
  }

  /** A query that must give a row before any source runs; empty for none. */
  public String precondition() {
    return (String) definition.get("precondition");
  }

  /** Definitions offered to artifacts that import it, and to its own sources; empty for none. */
  public String export() {
    return (String) definition.get("export");
  }

  /** The artifacts whose exports its sources see. */
  public List<String> imports() {
    return strings(definition, "imports");
  }

  /** What the user who starts it must hold. */
  public List<String> requiredPermissions() {
    return strings(definition, "required_permissions");
  }

  /** What it uses though the user need not hold it. */
  public List<String> impliedPermissions() {
    return strings(definition, "implied_permissions");
  }

  /** Limits: {@code timeout} in seconds, {@code max_rows} and others; 0 for none. */
  public Dict resources() {
    return (Dict) definition.get("resources");
  }

  /** The text it was read from; empty where it was not read from text. */
  public String raw() {
    return (String) definition.get("raw");
  }

  /** Whether it comes with the product. */
  public boolean builtIn() {
    return Boolean.TRUE.equals(definition.get("built_in"));
  }

  /** Whether lists leave it out. */
  public boolean hidden() {
    return Boolean.TRUE.equals(((Dict) definition.get("metadata")).get("hidden"));
  }

  /** Whether basic collection rights are enough for it. */
  public boolean basic() {
    return Boolean.TRUE.equals(((Dict) definition.get("metadata")).get("basic"));
  }

  Artifact with(String member, Object value) {
    return new Artifact(type, definition.toBuilder().replace(member, value).build());
  }

  @SuppressWarnings("unchecked")
  static List<String> strings(Dict definition, String member) {
    return (List<String>) definition.get(member);
  }

  @SuppressWarnings("unchecked")
  static List<Dict> dicts(Dict definition, String member) {
    return (List<Dict>) definition.get(member);
  }

  @Override
  public String toString() {
    return name + " (" + type.text() + ")";
  }
}
