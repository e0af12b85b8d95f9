package org.minivql.format;

import java.io.Closeable;
import java.io.IOException;
import org.minivql.value.Dict;

/**
 * Writes the rows of one statement after another as text.
 *
 * <p>Rows are plain values: whoever sends them has reduced lazy cells and run stored queries. Not
 * thread-safe.
 */
public interface RowWriter extends Closeable {
  /** A statement that yields rows starts. */
  void begin() throws IOException;

  /** One row of the statement. */
  void row(Dict row) throws IOException;

  /** The statement ended. */
  void end() throws IOException;

  /** Passes on what was held back, so that a reader sees all rows sent so far. */
  void flush() throws IOException;

  /**
   * Ends an open statement, so that the text is complete wherever the run was cut. The target is
   * flushed and stays open.
   */
  @Override
  void close() throws IOException;
}
