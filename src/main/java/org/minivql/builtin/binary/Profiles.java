package org.minivql.builtin.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.Yaml;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Values;

/** Compiles the text of a profile. */
final class Profiles {
  private static final long LONGEST = 1024;
  private static final long MOST = 1000;

  /** The built-in types that options of their own make more of. */
  private static final Set<String> COMPOSED =
      Set.of(
          "String",
          "Array",
          "Pointer",
          "Profile",
          "Enumeration",
          "Flags",
          "BitField",
          "Union",
          "Value",
          "Timestamp",
          "WinFileTime");

  private final CallContext context;
  private final Map<String, StructType> structs = new HashMap<>();
  private final List<Ref> open = new ArrayList<>();

  private Profiles(CallContext context) {
    this.context = context;
  }

  /** The types of a compiled profile by name. */
  static Map<String, StructType> compile(CallContext context, String text) {
    Profiles profile = new Profiles(context);
    if (!text.isBlank()) {
      profile.read(text);
    }
    return profile.structs;
  }

  /** A built-in type without options, or null. */
  static BinaryType builtIn(CallContext context, String name) {
    return COMPOSED.contains(name)
        ? new Profiles(context).type(name, Dict.EMPTY, name)
        : Scalars.named(name);
  }

  /** A field has a type that nobody defined; its message is the whole line for the log. */
  static final class UndefinedType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndefinedType(String message) {
      super(message);
    }
  }

  private void read(String text) {
    Object value;
    try {
      String trimmed = text.strip();
      value = trimmed.startsWith("[") ? jsonOrYaml(trimmed) : Yaml.parse(text);
    } catch (FormatException e) {
      String reason = String.valueOf(e.getMessage());
      throw new ArgumentException(reason.startsWith("yaml: ") ? reason : "yaml: " + reason);
    }
    List<?> definitions = list(value, "profile");
    for (Object definition : definitions) {
      List<?> parts = list(definition, "struct");
      String name = String.valueOf(at(parts, 0));
      if (structs.containsKey(name) || COMPOSED.contains(name) || Scalars.named(name) != null) {
        throw new ArgumentException(
            "Struct definition for " + name + " masks an existing definition");
      }
      structs.put(name, new StructType(name, option(at(parts, 1))));
    }
    for (Object definition : definitions) {
      List<?> parts = list(definition, "struct");
      StructType struct = structs.get(String.valueOf(at(parts, 0)));
      for (Object field : at(parts, 2) == null ? List.of() : list(at(parts, 2), "fields")) {
        field(struct, list(field, "field"));
      }
    }
  }

  /** JSON may have what only YAML allows, such as trailing commas. */
  private static Object jsonOrYaml(String text) throws FormatException {
    try {
      return Json.parse(text);
    } catch (FormatException notJson) {
      return Yaml.parse(text);
    }
  }

  private static List<?> list(Object value, String what) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new ArgumentException(
        "yaml: a " + what + " should be a list, not " + Values.typeName(value));
  }

  private static Object at(List<?> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  private void field(StructType struct, List<?> parts) {
    String name = String.valueOf(at(parts, 0));
    String type = String.valueOf(at(parts, 2));
    Dict options = at(parts, 3) instanceof Dict dict ? dict : Dict.EMPTY;
    String where = struct.name() + "." + name;
    struct
        .fields()
        .put(name, new StructType.Field(name, option(at(parts, 1)), type(type, options, where)));
  }

  /** A constant as it is, the text of a lambda compiled. */
  private Object option(Object value) {
    return value instanceof String text && text.contains("=>") ? context.lambda(text) : value;
  }

  private BinaryType type(String name, Dict options, String where) {
    require(name, options, where);
    return switch (name) {
      case "String" -> string(options);
      case "Array" ->
          new Composite.Array(
              inner(options, where),
              option(options.get("count")),
              number(options, "max_count", MOST),
              option(options.get("sentinel")));
      case "Pointer" -> new Composite.Pointer(inner(options, where));
      case "Profile" ->
          new Composite.Elsewhere(inner(options, where), option(options.get("offset")));
      case "Enumeration" -> new Composite.Enumeration(inner(options, where), names(options));
      case "Flags" -> new Composite.Flags(inner(options, where), bits(options));
      case "BitField" ->
          new Composite.BitField(
              inner(options, where),
              number(options, "start_bit", 0),
              number(options, "end_bit", Long.SIZE));
      case "Union" -> union(options, where);
      case "Value" -> new Composite.Computed(option(options.get("value")));
      case "Timestamp" ->
          new TimeTypes.Epoch(inner(options, where), Math.max(1, number(options, "factor", 1)));
      case "WinFileTime" ->
          new TimeTypes.WinFile(inner(options, where), Math.max(1, number(options, "factor", 1)));
      default -> named(name, where);
    };
  }

  private static void require(String name, Dict options, String where) {
    List<String> required =
        switch (name) {
          case "Array", "Pointer", "Enumeration", "BitField" -> List.of("type");
          case "Profile" -> List.of("type", "offset");
          case "Flags" -> List.of("type", "bitmap");
          case "Union" -> List.of("selector", "choices");
          case "Value" -> List.of("value");
          default -> List.of();
        };
    for (String option : required) {
      if (!options.has(option)) {
        throw new ArgumentException(where + ": the type " + name + " needs the option " + option);
      }
    }
  }

  private BinaryType named(String name, String where) {
    BinaryType scalar = Scalars.named(name);
    if (scalar != null) {
      return scalar;
    }
    StructType struct = structs.get(name);
    if (struct == null) {
      throw new UndefinedType("Reference to undefined type " + name + " in " + where);
    }
    return struct;
  }

  /** The type that the options name, with its own options. */
  private Ref inner(Dict options, String where) {
    String name = options.get("type") instanceof String text ? text : "uint64";
    Dict own = options.get("type_options") instanceof Dict dict ? dict : Dict.EMPTY;
    return ref(name, own, where);
  }

  private Ref ref(String name, Dict options, String where) {
    Ref ref = new Ref(name);
    ref.resolve(type(name, options, where));
    return ref;
  }

  private BinaryType string(Dict options) {
    byte[] end = {0};
    boolean utf16 = "utf16".equals(options.get("encoding"));
    if (utf16) {
      end = new byte[2];
    }
    if (options.get("term") instanceof String term) {
      end = Bytes.encode(term);
    }
    if (options.get("term_hex") instanceof String hex) {
      end = hex(hex);
    }
    Object length = option(options.get("length"));
    long most = number(options, "max_length", LONGEST);
    return new TextType(length, most, end, option(options.get("term_exp")), utf16);
  }

  private static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("term_hex: " + e.getMessage());
    }
  }

  private BinaryType union(Dict options, String where) {
    Map<String, Ref> choices = new HashMap<>();
    if (options.get("choices") instanceof Dict dict) {
      for (Map.Entry<String, Object> choice : dict.entries()) {
        choices.put(choice.getKey(), ref(String.valueOf(choice.getValue()), Dict.EMPTY, where));
      }
    }
    return new Composite.Union(option(options.get("selector")), choices);
  }

  private static long number(Dict options, String name, long missing) {
    Object value = options.get(name);
    return Values.isNumeric(value) ? Values.toLong(value) : missing;
  }

  private static Map<Long, String> names(Dict options) {
    Map<Long, String> names = new HashMap<>();
    if (options.get("choices") instanceof Dict choices) {
      for (Map.Entry<String, Object> choice : choices.entries()) {
        names.put(integer(choice.getKey()), String.valueOf(choice.getValue()));
      }
    }
    if (options.get("map") instanceof Dict map) {
      for (Map.Entry<String, Object> entry : map.entries()) {
        names.put(integer(entry.getValue()), entry.getKey());
      }
    }
    return names;
  }

  private static TreeMap<String, Long> bits(Dict options) {
    TreeMap<String, Long> bits = new TreeMap<>();
    if (options.get("bitmap") instanceof Dict map) {
      for (Map.Entry<String, Object> entry : map.entries()) {
        bits.put(entry.getKey(), integer(entry.getValue()));
      }
    }
    return bits;
  }

  private static long integer(Object value) {
    if (Values.isNumeric(value)) {
      return Values.toLong(value);
    }
    try {
      return Long.decode(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new ArgumentException("not a number: " + value);
    }
  }
}
