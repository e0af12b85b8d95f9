package org.minivql.format;

import java.io.Flushable;
import java.io.IOException;
import org.minivql.value.Dict;

/**
 * Rows as JSON: one indented array a statement. The array is written as rows come; {@link #close}
 * makes it complete wherever the run was cut.
 */
public final class JsonRows implements RowWriter {
  private final Appendable out;
  private boolean open;
  private boolean some;

  /**
   * A writer of JSON arrays.
   *
   * @param out the target; flushed when it is {@link Flushable}
   */
  public JsonRows(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin() {
    open = true;
    some = false;
  }

  @Override
  public void row(Dict row) throws IOException {
    out.append(some ? ",\n " : "[\n ");
    some = true;
    // A string in JSON has no line break of its own.
    out.append(Json.indented(row).replace("\n", "\n "));
  }

  @Override
  public void end() throws IOException {
    if (open) {
      out.append(some ? "\n]\n" : "[]\n");
      open = false;
    }
  }

  @Override
  public void flush() throws IOException {
    if (out instanceof Flushable target) {
      target.flush();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    flush();
  }
}
