package org.minivql.fleet.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.CsvReader;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/**
 * Logs of flows: JSON lines or, in older stores, a table with the columns {@code Timestamp} (µs),
 * {@code time} and {@code message}, which may also lie under the name of the newer form.
 */
public final class OldLogs {
  private static final Shape LINE = Shape.of("client_time", "level", "message", "_ts");
  private static final long MICROS = 1_000_000;

  private final StoredRows rows;

  OldLogs(StoredRows rows) {
    this.rows = rows;
  }

  /** Reads a log: {@code client_time} (s), {@code level}, {@code message}, {@code _ts} (s). */
  boolean lines(Path file, Sink out) {
    if (!isTable(file)) {
      return rows.rows(file, out);
    }
    try (InputStream in = rows.open(file)) {
      return table(in, file.toString(), out);
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
  }

  private boolean isTable(Path file) {
    try (InputStream in = rows.open(file)) {
      int first = in.read();
      return first >= 0 && Character.isLetter(first);
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
  }

  /** Reads the older form from a stream that is known by a name. */
  public static boolean table(InputStream stream, String name, Sink out) {
    try (CsvReader in =
        new CsvReader(new InputStreamReader(stream, StandardCharsets.UTF_8), ',', -1)) {
      List<String> header = in.next();
      if (header == null) {
        return true;
      }
      int time = header.indexOf("Timestamp");
      int message = header.indexOf("message");
      if (time < 0 || message < 0) {
        throw FleetException.in(name, "a log without Timestamp and message");
      }
      boolean more = true;
      for (List<String> cells = in.next(); cells != null && more; cells = in.next()) {
        if (cells.size() > Math.max(time, message)) {
          more = out.row(line(cells.get(time), cells.get(message)));
        }
      }
      return more;
    } catch (IOException | NumberFormatException e) {
      throw FleetException.in(name, "a damaged log: " + e.getMessage());
    }
  }

  private static Dict line(String micros, String message) {
    long seconds = Long.parseLong(micros.strip()) / MICROS;
    return Dict.over(LINE, seconds, "DEFAULT", message, seconds);
  }
}
