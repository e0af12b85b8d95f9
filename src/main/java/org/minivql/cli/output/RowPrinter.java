package org.minivql.cli.output;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.minivql.format.CsvRows;
import org.minivql.format.JsonRows;
import org.minivql.format.JsonlRows;
import org.minivql.format.RowWriter;
import org.minivql.format.TableRows;
import org.minivql.value.Dict;

/**
 * Sends rows to their target as they come.
 *
 * <p>The first row goes out at once. Later ones are collected for a moment, so that many rows cost
 * few writes and yet no row of a query that waits for events is held back. A row is written whole
 * or not at all, also when {@link #close} is called from another thread.
 */
public final class RowPrinter implements Closeable {
  private static final long MOMENT_MILLIS = 100;
  // A table waits for a pause, because its first rows decide how wide its columns are.
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private final RowWriter rows;
  private final OutputStream target;
  private final boolean atOnce;
  private long count;
  private long flushedAt;
  private long sentAt;
  private boolean dirty;
  private boolean closed;
  private IOException failure;
  private Thread flusher;

  /**
   * A printer.
   *
   * @param format one of json, jsonl, csv and table
   * @param target where the text goes; closed with the printer
   * @param width the columns of the terminal, 0 for none
   */
  public RowPrinter(String format, OutputStream target, int width) {
    this.target = target;
    Writer text = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
    this.atOnce = !format.equals("table");
    this.rows =
        switch (format) {
          case "jsonl" -> new JsonlRows(text);
          case "csv" -> new CsvRows(text);
          case "table" -> new TableRows(text, width);
          default -> new JsonRows(text);
        };
  }

  /** A statement that yields rows starts. */
  public synchronized void begin() throws IOException {
    check();
    rows.begin();
  }

  /** One row. */
  public synchronized void row(Dict row) throws IOException {
    check();
    if (closed) {
      return;
    }
    rows.row(row);
    count++;
    long now = System.nanoTime();
    sentAt = now;
    if (atOnce && (count == 1 || now - flushedAt > TimeUnit.MILLISECONDS.toNanos(MOMENT_MILLIS))) {
      rows.flush();
      flushedAt = now;
      dirty = false;
    } else {
      dirty = true;
      startFlusher();
    }
  }

  /** The statement ended. */
  public synchronized void end() throws IOException {
    check();
    if (!closed) {
      rows.end();
      rows.flush();
      dirty = false;
    }
  }

  /** How many rows were sent. */
  public synchronized long count() {
    return count;
  }

  private void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private void startFlusher() {
    if (flusher == null) {
      flusher = new Thread(this::flushNowAndThen, "vql-output");
      flusher.setDaemon(true);
      flusher.start();
    }
  }

  private synchronized void flushNowAndThen() {
    try {
      while (!closed && failure == null) {
        wait(MOMENT_MILLIS);
        if (dirty && !closed && (atOnce || System.nanoTime() - sentAt > PAUSE_NANOS)) {
          rows.flush();
          flushedAt = System.nanoTime();
          dirty = false;
        }
      }
    } catch (IOException e) {
      // The thread that sends rows reports it.
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends an open statement properly and closes the target; rows that come later are dropped. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    try (OutputStream all = target) {
      check();
      rows.close();
      all.flush();
    }
  }
}
