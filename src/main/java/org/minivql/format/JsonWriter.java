package org.minivql.format;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.time.ZoneId;
import org.minivql.value.Scope;
import org.minivql.value.text.JsonText;

/** Writes rows as JSON one by one, as a list or as lines. */
public final class JsonWriter implements Closeable {
  private final Appendable out;
  private final Scope scope;
  private final int indent;
  private final ZoneId zone;
  private final boolean lines;
  private long rows;

  private JsonWriter(Appendable out, Scope scope, int indent, ZoneId zone, boolean lines) {
    this.out = out;
    this.scope = scope;
    this.indent = indent;
    this.zone = zone;
    this.lines = lines;
  }

  /**
   * One compact value a line.
   *
   * @param scope runs the queries in the rows; null to show their text
   * @param zone shows times in this zone; null for the zone of each time
   */
  public static JsonWriter lines(Appendable out, Scope scope, ZoneId zone) {
    return new JsonWriter(out, scope, -1, zone, true);
  }

  /**
   * A list of the rows, which is complete when the writer is closed.
   *
   * @param scope runs the queries in the rows; null to show their text
   * @param indent blanks for each level inside a row; -1 for a row on one line
   * @param zone shows times in this zone; null for the zone of each time
   */
  public static JsonWriter list(Appendable out, Scope scope, int indent, ZoneId zone) {
    return new JsonWriter(out, scope, indent, zone, false);
  }

  /** Writes one row. */
  public void row(Object row) throws IOException {
    if (!lines) {
      out.append(rows == 0 ? "[\n" : ",\n");
    }
    rows++;
    StringBuilder text = new StringBuilder();
    new JsonText(scope, text, indent, zone).write(row);
    out.append(text);
    if (lines) {
      out.append('\n');
    }
  }

  /** The number of rows written. */
  public long rows() {
    return rows;
  }

  /** Completes the list and passes everything on. The target stays open. */
  @Override
  public void close() throws IOException {
    if (!lines) {
      out.append(rows == 0 ? "[]\n" : "\n]\n");
    }
    if (out instanceof Flushable target) {
      target.flush();
    }
  }
}
