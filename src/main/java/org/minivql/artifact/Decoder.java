package org.minivql.artifact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minivql.value.Dict;

/**
 * Turns a YAML tree or a dict into a definition in which every member is present, and remembers
 * where the texts stand.
 */
final class Decoder {
  private final List<String> problems = new ArrayList<>();
  private final Map<String, YamlNode.Scalar> places = new HashMap<>();
  private YamlNode.Entry firstProblem;

  private Decoder() {}

  /**
   * A decoded definition.
   *
   * @param definition all members
   * @param places the scalars by path, such as {@code sources[0].query}
   */
  record Decoded(Dict definition, Map<String, YamlNode.Scalar> places) {}

  static Decoded decode(String source) {
    YamlText yaml = YamlText.of(source);
    YamlNode root = YamlReader.read(yaml.text(), yaml::sourceLine);
    if (!(root instanceof YamlNode.Mapping mapping)) {
      throw new ArtifactException(
          "yaml: unmarshal errors:\n  line 1: cannot unmarshal a definition from this text", 1, 1);
    }
    Decoder decoder = new Decoder();
    Dict definition = decoder.message(mapping, Schema.ARTIFACT, "");
    decoder.report();
    return new Decoded(definition, decoder.places);
  }

  /** The definition given as a dict; unknown members are a problem as in YAML. */
  static Dict decode(Dict dict) {
    Decoder decoder = new Decoder();
    Dict definition = decoder.message(dict, Schema.ARTIFACT);
    decoder.report();
    return definition;
  }

  private void report() {
    if (!problems.isEmpty()) {
      String text = "yaml: unmarshal errors:\n  " + String.join("\n  ", problems);
      throw firstProblem == null
          ? new ArtifactException(text)
          : new ArtifactException(text, firstProblem.line(), firstProblem.column());
    }
  }

  private Dict message(YamlNode.Mapping mapping, Schema schema, String path) {
    Map<String, Object> given = new HashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      Schema.Field field = schema.field(entry.key());
      if (field == null) {
        problem(entry, "field " + entry.key() + " not found in type proto." + schema.type());
      } else if (!field.system()) {
        given.put(field.name(), value(entry, field, path + entry.key()));
      }
    }
    return complete(schema, given);
  }

  private Object value(YamlNode.Entry entry, Schema.Field field, String path) {
    YamlNode node = entry.value();
    if (node instanceof YamlNode.Scalar s && s.kind() == YamlNode.Kind.NULL) {
      return zero(field);
    }
    if (!field.repeated()) {
      return single(entry, node, field, path);
    }
    if (!(node instanceof YamlNode.Sequence sequence)) {
      if (field.type() != Schema.Type.TEXT) {
        problem(entry, "cannot unmarshal a list of " + field.name() + " from this value");
        return List.of();
      }
      return List.of(single(entry, node, field, path));
    }
    List<Object> items = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      items.add(single(entry, item, field, path + "[" + items.size() + "]"));
    }
    return List.copyOf(items);
  }

  private Object single(YamlNode.Entry entry, YamlNode node, Schema.Field field, String path) {
    if (field.type() == Schema.Type.MESSAGE) {
      if (node instanceof YamlNode.Mapping mapping) {
        return message(mapping, field.message(), path + ".");
      }
      problem(entry, "cannot unmarshal " + field.name() + " into proto." + field.message().type());
      return complete(field.message(), Map.of());
    }
    if (!(node instanceof YamlNode.Scalar scalar)) {
      problem(entry, "cannot unmarshal " + field.name() + " into " + word(field.type()));
      return zero(field.type());
    }
    places.put(path, scalar);
    Object value = scalar(scalar.text(), field.type());
    if (value == null) {
      problem(entry, "cannot unmarshal `" + scalar.text() + "` into " + word(field.type()));
      return zero(field.type());
    }
    return value;
  }

  private Dict message(Dict dict, Schema schema) {
    Map<String, Object> given = new HashMap<>();
    dict.forEach(
        (name, value) -> {
          Schema.Field field = schema.field(name);
          if (field == null) {
            problems.add("field " + name + " not found in type proto." + schema.type());
          } else if (!field.system() && value != null) {
            given.put(name, value(value, field));
          }
        });
    return complete(schema, given);
  }

  private Object value(Object value, Schema.Field field) {
    if (!field.repeated()) {
      return single(value, field);
    }
    List<Object> items = new ArrayList<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      items.add(single(item, field));
    }
    return List.copyOf(items);
  }

  private Object single(Object value, Schema.Field field) {
    if (field.type() == Schema.Type.MESSAGE) {
      return message(value instanceof Dict dict ? dict : Dict.EMPTY, field.message());
    }
    Object scalar = value == null ? null : scalar(String.valueOf(value), field.type());
    return scalar == null ? zero(field.type()) : scalar;
  }

  private void problem(YamlNode.Entry entry, String what) {
    if (firstProblem == null) {
      firstProblem = entry;
    }
    problems.add("line " + entry.line() + ": " + what);
  }

  private static Dict complete(Schema schema, Map<String, Object> given) {
    Dict.Builder all = Dict.builder();
    for (Schema.Field field : schema.fields()) {
      Object value = given.get(field.name());
      all.set(field.name(), value == null ? zero(field) : value);
    }
    return all.build();
  }

  private static Object zero(Schema.Field field) {
    if (field.repeated()) {
      return List.of();
    }
    return field.type() == Schema.Type.MESSAGE
        ? complete(field.message(), Map.of())
        : zero(field.type());
  }

  private static Object zero(Schema.Type type) {
    return switch (type) {
      case TEXT, MESSAGE -> "";
      case INTEGER -> 0L;
      case NUMBER -> 0.0;
      case BOOL -> Boolean.FALSE;
    };
  }

  private static Object scalar(String text, Schema.Type type) {
    try {
      return switch (type) {
        case TEXT, MESSAGE -> text;
        case INTEGER -> Long.decode(text);
        case NUMBER -> Double.valueOf(text);
        case BOOL -> bool(text);
      };
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y" -> Boolean.TRUE;
      case "false", "no", "off", "n" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static String word(Schema.Type type) {
    return switch (type) {
      case TEXT, MESSAGE -> "string";
      case INTEGER -> "int64";
      case NUMBER -> "float64";
      case BOOL -> "bool";
    };
  }
}
