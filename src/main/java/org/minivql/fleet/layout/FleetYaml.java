package org.minivql.fleet.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.YamlNode;
import org.minivql.artifact.YamlReader;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.Json;
import org.minivql.registry.event.Principal;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** A YAML file of a fleet. */
public final class FleetYaml {
  private static final Set<String> SETTINGS =
      Set.of(
          "clock_start",
          "principal",
          "roles",
          "id_seed",
          "indexed_metadata",
          "interrogation_order");

  /** How it is told that VQL of a definition does not run. */
  public static final String SKIPPED = "not run, because it does not parse: ";

  private final String file;
  private final String text;

  public FleetYaml(Path path) {
    this(path.toString(), read(path));
  }

  public FleetYaml(String file, String text) {
    this.file = file;
    this.text = text;
  }

  public static String read(Path path) {
    try {
      return Bytes.decode(Files.readAllBytes(path));
    } catch (IOException e) {
      throw FleetException.in(path.toString(), JsonLines.reason(e));
    }
  }

  /** The definition in the file. */
  public Artifact artifact() {
    try {
      return Artifact.parse(text);
    } catch (ArtifactException e) {
      throw problem(e.line(), e.column(), e.getMessage());
    }
  }

  /**
   * The definition in the file as a server loads it.
   *
   * @param skipped is told which VQL does not parse and so does not run
   */
  public Artifact artifact(Consumer<String> skipped) {
    try {
      return Artifact.load(
          text,
          e ->
              skipped.accept(problem(e.line(), e.column(), SKIPPED + e.getMessage()).getMessage()));
    } catch (ArtifactException e) {
      throw problem(e.line(), e.column(), e.getMessage());
    }
  }

  /** The mapping in the file; empty for an empty file. */
  public Dict dict() {
    YamlNode root = root();
    if (root instanceof YamlNode.Mapping) {
      return (Dict) value(root);
    }
    if (root instanceof YamlNode.Scalar s && s.kind() == YamlNode.Kind.NULL) {
      return Dict.EMPTY;
    }
    throw problem(root.line(), root.column(), "not a mapping");
  }

  private YamlNode root() {
    try {
      return YamlReader.read(text);
    } catch (ArtifactException e) {
      throw problem(e.line(), e.column(), e.getMessage());
    }
  }

  static Object value(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      Dict.Builder dict = Dict.builder();
      mapping.entries().forEach(e -> dict.set(e.key(), value(e.value())));
      return dict.build();
    }
    if (node instanceof YamlNode.Sequence sequence) {
      List<Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(value(item)));
      return Collections.unmodifiableList(items);
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    return switch (scalar.kind()) {
      case STRING -> scalar.text();
      case NULL -> null;
      case BOOL -> Boolean.valueOf(scalar.text().toLowerCase(Locale.ROOT));
      case INT -> integer(scalar.text());
      case FLOAT -> Double.valueOf(scalar.text().replace("_", ""));
    };
  }

  private static Object integer(String text) {
    try {
      return Long.decode(text.replace("_", ""));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** The settings in the file. */
  public FleetConfig config() {
    Dict given = dict();
    YamlNode root = root();
    for (String name : given.shape().names()) {
      if (!SETTINGS.contains(name)) {
        throw at(root, name, "unknown setting " + name);
      }
    }
    Object clock = given.get("clock_start");
    Object seed = given.get("id_seed");
    FleetConfig standard = FleetConfig.DEFAULT;
    return new FleetConfig(
        clock == null ? standard.clockStart() : time(root, clock),
        given.get("principal") == null ? null : String.valueOf(given.get("principal")),
        roles(root, given),
        seed == null ? "" : String.valueOf(seed),
        texts(given.get("indexed_metadata")),
        order(root, given.get("interrogation_order")));
  }

  /** Settings as a text that {@link #config} reads. */
  public static String text(FleetConfig config) {
    Dict.Builder settings = Dict.builder().set("clock_start", config.clockStart().toString());
    if (config.principal() != null) {
      settings.set("principal", config.principal());
    }
    settings.set("roles", config.roles());
    settings.set("id_seed", config.idSeed());
    settings.set("indexed_metadata", config.indexedMetadata());
    settings.set("interrogation_order", config.order().name().toLowerCase(Locale.ROOT));
    StringBuilder yaml = new StringBuilder();
    // JSON is YAML, so the values need no other writer.
    settings
        .build()
        .forEach(
            (name, value) -> yaml.append(name).append(": ").append(Json.text(value)).append('\n'));
    return yaml.toString();
  }

  private List<String> roles(YamlNode root, Dict given) {
    List<String> roles = texts(given.get("roles"));
    try {
      Principal.of("", roles);
    } catch (IllegalArgumentException e) {
      throw at(root, "roles", e.getMessage());
    }
    return roles;
  }

  private FleetConfig.Order order(YamlNode root, Object given) {
    if (given == null) {
      return FleetConfig.Order.SERVICE_FIRST;
    }
    for (FleetConfig.Order order : FleetConfig.Order.values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(given)) {
        return order;
      }
    }
    throw at(
        root,
        "interrogation_order",
        "interrogation_order is service_first, handler_first or both, not " + given);
  }

  private Instant time(YamlNode root, Object given) {
    Instant time = instant(given);
    if (time == null) {
      throw at(root, "clock_start", "clock_start is an RFC 3339 time or epoch seconds");
    }
    return time;
  }

  /** The time that a number of epoch seconds or an RFC 3339 text means; null for other values. */
  public static Instant instant(Object given) {
    if (given instanceof Long seconds) {
      return Instant.ofEpochSecond(seconds);
    }
    if (given instanceof Double seconds) {
      long whole = (long) Math.floor(seconds);
      return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e9));
    }
    try {
      return given instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static List<String> texts(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  private FleetException at(YamlNode root, String key, String message) {
    if (root instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (entry.key().equals(key)) {
          return problem(entry.line(), entry.column(), message);
        }
      }
    }
    return problem(0, 0, message);
  }

  private FleetException problem(int line, int column, String message) {
    String[] lines = text.split("\n", -1);
    String shown = line >= 1 && line <= lines.length ? lines[line - 1] : "";
    return FleetException.at(file, line, column, message.strip(), shown);
  }
}
