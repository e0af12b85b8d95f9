package org.minivql.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.Signature;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** Rows that were made beforehand, for the engine and for the loops. */
final class Inputs {
  private final List<Dict> rows = new ArrayList<>();
  private final List<Map<String, Object>> maps = new ArrayList<>();

  private Inputs() {}

  /** Rows with these columns. */
  static Inputs of(int count, List<String> columns, IntFunction<Object[]> cells) {
    Inputs inputs = new Inputs();
    Shape shape = Shape.of(columns);
    for (int i = 0; i < count; i++) {
      Object[] values = cells.apply(i);
      inputs.rows.add(Dict.over(shape, values));
      Map<String, Object> map = new LinkedHashMap<>();
      for (int k = 0; k < values.length; k++) {
        map.put(columns.get(k), plain(values[k]));
      }
      inputs.maps.add(map);
    }
    return inputs;
  }

  private static Object plain(Object value) {
    if (!(value instanceof Dict dict)) {
      return value;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    dict.forEach((name, member) -> map.put(name, plain(member)));
    return map;
  }

  /** Two numbers. */
  static Inputs numbers(int count) {
    return of(count, List.of("A", "B"), i -> new Object[] {(long) i, (long) (i * 7 % 1000)});
  }

  /** A random key and a number. */
  static Inputs keys(int count, int different) {
    Random random = new Random(1);
    return of(
        count,
        List.of("Key", "N"),
        i -> new Object[] {"host-" + random.nextInt(different), (long) i});
  }

  /** A random number. */
  static Inputs shuffled(int count) {
    Random random = new Random(2);
    return of(count, List.of("N", "Id"), i -> new Object[] {random.nextLong(), (long) i});
  }

  /** Command lines of which one in sixteen has what the filter looks for. */
  static Inputs commands(int count) {
    return of(
        count,
        List.of("Pid", "CommandLine"),
        i ->
            new Object[] {
              (long) i,
              "C:\\Windows\\System32\\"
                  + (i % 16 == 0 ? "PowerShell.exe -EncodedCommand " : "svchost.exe -k netsvcs -p ")
                  + Integer.toHexString(i * 31)
            });
  }

  /** Events as they are nested in a log. */
  static Inputs events(int count) {
    Shape event = Shape.of("System", "EventData");
    Shape system = Shape.of("EventID", "Channel");
    Shape id = Shape.of("Value");
    Shape data = Shape.of("User", "Groups");
    return of(
        count,
        List.of("Event"),
        i ->
            new Object[] {
              Dict.over(
                  event,
                  Dict.over(system, Dict.over(id, (long) i), "Security"),
                  Dict.over(data, "user-" + i % 50, new ArrayList<>(List.of("a", "b", "c"))))
            });
  }

  List<Map<String, Object>> maps() {
    return maps;
  }

  /** A catalog whose plugin {@code input} sends the rows. */
  HostCatalog catalog() {
    return HostCatalog.create()
        .plugin(
            new Signature(
                Signature.Kind.PLUGIN,
                "input",
                "Rows made beforehand.",
                List.of(),
                false,
                List.of(),
                List.of(),
                0,
                "",
                ErrorValue.NULL,
                "input",
                false,
                false),
            (context, arguments, out) -> {
              for (Dict row : rows) {
                if (!out.row(row)) {
                  return;
                }
              }
            });
  }
}
