package org.minivql.registry.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * A store as text: one JSON object {@code table, key, value} a line, by table and key.
 *
 * @since 0.1.0
 */
public final class StoreLines {
  private static final Shape LINE = Shape.of("table", "key", "value");

  private StoreLines() {}

  /** Writes everything a store holds. */
  public static void export(Store store, Appendable out) {
    for (String table : store.tables()) {
      store.scan(
          table,
          "",
          (key, value) -> {
            try {
              out.append(Json.text(Dict.over(LINE, table, key, value))).append('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return true;
          });
    }
  }

  /**
   * Adds what was exported to a store, all or nothing.
   *
   * @return how many entries there were
   * @throws StoreException where an entry is not one of an export, naming file and line; nothing
   *     was added
   */
  public static long load(Store store, Path lines) throws IOException {
    long count = check(lines);
    // Read twice, so that nothing is added unless everything can be and little is held in memory.
    store.atomically(
        () -> {
          try {
            each(
                lines,
                entry ->
                    store.put(
                        (String) entry.get("table"),
                        (String) entry.get("key"),
                        entry.get("value")));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return count;
  }

  /**
   * Reads what was exported without a store.
   *
   * @return how many entries there are
   * @throws StoreException where an entry is not one of an export, naming file and line
   */
  public static long check(Path lines) throws IOException {
    long[] count = new long[1];
    each(lines, entry -> count[0]++);
    return count[0];
  }

  private static void each(Path lines, Consumer<Dict> action) throws IOException {
    try (JsonReader reader = Json.reader(Files.newBufferedReader(lines))) {
      try {
        for (Object item = reader.next(); item != JsonReader.END; item = reader.next()) {
          String problem = problem(item);
          if (problem != null) {
            throw new StoreException(
                lines + ":" + reader.tokenPlace().line() + ": " + problem, null);
          }
          action.accept((Dict) item);
        }
      } catch (CharacterCodingException e) {
        throw new StoreException(lines + ":" + reader.place().line() + ": not UTF-8", e);
      } catch (FormatException e) {
        throw new StoreException(lines + ":" + reader.place().line() + ": " + e.getMessage(), e);
      }
    }
  }

  private static String problem(Object item) {
    if (!(item instanceof Dict entry)
        || !(entry.get("table") instanceof String table)
        || !(entry.get("key") instanceof String key)
        || entry.get("value") == null) {
      return "not an entry with table, key and value";
    }
    return StoreTables.problem(table, key, entry.get("value"));
  }
}
