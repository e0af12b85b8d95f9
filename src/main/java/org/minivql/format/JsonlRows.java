package org.minivql.format;

import java.io.Flushable;
import java.io.IOException;
import org.minivql.value.Dict;

/** Rows as JSON lines: one compact object a line, whatever the statement. */
public final class JsonlRows implements RowWriter {
  private final Appendable out;

  /**
   * A writer of JSON lines.
   *
   * @param out the target; flushed when it is {@link Flushable}
   */
  public JsonlRows(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin() {
    // A statement leaves no mark in JSON lines.
  }

  @Override
  public void row(Dict row) throws IOException {
    out.append(Json.text(row)).append('\n');
  }

  @Override
  public void end() {
    // Every line is complete.
  }

  @Override
  public void flush() throws IOException {
    if (out instanceof Flushable target) {
      target.flush();
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
