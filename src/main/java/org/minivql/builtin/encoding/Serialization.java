package org.minivql.builtin.encoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.minivql.format.CsvRows;
import org.minivql.format.Json;
import org.minivql.format.Yaml;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;
import org.minivql.value.time.DateLayout;
import org.minivql.value.time.ShownTimes;
import org.minivql.value.time.Times;

/** Values written in the formats other programs read. */
final class Serialization {
  private Serialization() {}

  @VqlFunction(
      name = "serialize",
      doc = "The value as text in a format: json, yaml, csv, hex, base64 or string.",
      examples = {
        "serialize(item=dict(a=1)) => \"{\\n \\\"a\\\": 1\\n}\"",
        "serialize(item=dict(b=2, a=('x', 'no')), format='yaml')"
            + " => \"b: 2\\na:\\n- x\\n- \\\"no\\\"\\n\"",
        "serialize(item=(dict(a=1, b='x'), dict(a=2)), format='csv') => \"a,b\\n1,x\\n2,\\n\"",
        "serialize(item='vq', format='base64') => \"dnE\"",
        "serialize(item=dict(a=1), format='csv') => null"
      })
  static Object serialize(
      CallContext context,
      @Arg(value = "The value.", required = true) Object item,
      @Arg(value = "The format.", defaultValue = "json") String format) {
    return write(context, item, format);
  }

  @VqlFunction(
      name = "encode",
      version = 3,
      doc = "The value as text in a format: json, yaml, csv, hex, base64 or string.",
      examples = {
        "encode(string='vql', type='hex') => \"76716c\"",
        "encode(string=(1, 2), type='json') => \"[\\n 1,\\n 2\\n]\""
      })
  static Object encode(
      CallContext context,
      @Arg(value = "The value, of any type.", required = true) Object string,
      @Arg(value = "The format.", required = true) String type) {
    return write(context, string, type);
  }

  private static Object write(CallContext context, Object raw, String format) {
    Scope scope = context.scope();
    Object item = Values.isQuery(raw) ? Values.rows(scope, raw) : raw;
    return switch (format) {
      case "json", "" -> Json.write(scope, item, 1, Times.shownZone(scope));
      case "yaml" -> Yaml.text(scope.operators().normalise(scope, item));
      case "csv" -> item instanceof List<?> list ? csv(scope, list) : null;
      case "hex" -> HexFormat.of().formatHex(bytes(item));
      case "base64" -> Base64.getEncoder().withoutPadding().encodeToString(bytes(item));
      case "string" -> string(scope, item);
      default -> throw new ArgumentException("Unknown format " + format);
    };
  }

  private static byte[] bytes(Object item) {
    if (item instanceof String text) {
      return Bytes.encode(text);
    }
    throw new ArgumentException("Unsupported type for hex encoding " + Values.typeName(item));
  }

  private static String string(Scope scope, Object item) {
    return item instanceof Timestamp time
        ? DateLayout.of("RFC3339").format(Timestamp.utc(time.instant()))
        : scope.operators().text(scope, item);
  }

  private static String csv(Scope scope, List<?> rows) {
    ZoneId zone = Times.shownZone(scope);
    StringBuilder out = new StringBuilder();
    try (CsvRows writer = new CsvRows(out)) {
      writer.begin();
      List<String> names = null;
      for (Object raw : rows) {
        if (Values.reduce(raw) instanceof Members row) {
          names = names == null ? row.memberNames() : names;
          writer.row(project(row, names, zone));
        }
      }
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toString();
  }

  private static Dict project(Members row, List<String> names, ZoneId zone) {
    List<Object> cells = new ArrayList<>(names.size());
    for (String name : names) {
      Object value = row.member(name);
      Object cell = value == Absent.ABSENT ? null : Values.reduce(value);
      cells.add(ShownTimes.in(zone, cell));
    }
    Dict.Builder projected = Dict.builder();
    for (int i = 0; i < names.size(); i++) {
      projected.set(names.get(i), cells.get(i));
    }
    return projected.build();
  }
}
