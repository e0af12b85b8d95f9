package org.minivql.registry.flow;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;

/**
 * The rows of flows: those recorded and those added since. Rows are streamed from where they are.
 *
 * @since 0.1.0
 */
public final class Results {
  private static final String ROWS = "results";
  private static final String LOGS = "logs";
  private static final String UPLOADS = "uploads";
  static final String CELLS = "cells";

  private final Store store;
  private final Recorded recorded;

  /** The result sets in the store, and the recorded ones behind them. */
  public Results(Store store, Recorded recorded) {
    this.store = store;
    this.recorded = recorded;
  }

  /** Adds rows to one result set. */
  public void append(String clientId, String flowId, String artifact, List<Dict> rows) {
    append(ROWS, clientId + "/" + flowId + "/" + artifact, rows);
  }

  /** Adds lines to a flow's log: {@code client_time, level, message, _ts}. */
  public void appendLogs(String clientId, String flowId, List<Dict> lines) {
    append(LOGS, clientId + "/" + flowId, lines);
  }

  /** Adds uploads to a flow. */
  public void appendUploads(String clientId, String flowId, List<Dict> uploads) {
    append(UPLOADS, clientId + "/" + flowId, uploads);
  }

  /** Puts rows into a table of a notebook cell, which is there even without rows. */
  public void appendCell(String notebookId, String cellId, long table, List<Dict> rows) {
    append(CELLS, Notebooks.table(notebookId, cellId, table), rows);
  }

  /** Removes the tables of a notebook cell. */
  public void clearCell(String notebookId, String cellId) {
    String start = Notebooks.table(notebookId, cellId, 0).replaceFirst("0$", "");
    store.removeAll(CELLS, start);
    store.removeAll(CELLS + ".size", start);
  }

  /** Removes the rows, log lines and uploads that were added to a flow. */
  public void remove(String clientId, String flowId) {
    String flow = clientId + "/" + flowId;
    store.atomically(
        () -> {
          store.removeAll(ROWS, flow + "/");
          store.removeAll(ROWS + ".size", flow + "/");
          for (String table : List.of(LOGS, UPLOADS)) {
            store.removeAll(table, flow + "\n");
            store.remove(table + ".size", flow);
          }
        });
  }

  /** Removes what was added to any flow of a client. */
  public void forget(String clientId) {
    for (String table : List.of(ROWS, LOGS, UPLOADS)) {
      store.removeAll(table, clientId + "/");
      store.removeAll(table + ".size", clientId + "/");
    }
  }

  /** Appends to a list of rows; the number of the next one is kept beside them. */
  private void append(String table, String key, List<Dict> rows) {
    store.atomically(
        () -> {
          Object size = store.get(table + ".size", key);
          long next = size == null ? 0 : (Long) size;
          for (Dict row : rows) {
            store.put(table, String.format(Locale.ROOT, "%s\n%012d", key, next++), row);
          }
          store.put(table + ".size", key, next);
        });
  }

  /**
   * Reads a result set. Text that is an RFC 3339 time becomes a time.
   *
   * @param artifact {@code Artifact} or {@code Artifact/Source}
   * @param start the first row wanted, from 0
   * @param count how many at most; 0 for all
   * @return false where there is no such result set
   */
  public boolean read(
      String clientId, String flowId, String artifact, long start, long count, Sink out) {
    Sink window = window(start, count, out);
    if (store.size(ROWS + ".size") > 0) {
      String key = clientId + "/" + flowId + "/" + artifact;
      if (store.get(ROWS + ".size", key) != null) {
        store.scan(ROWS, key + "\n", (k, row) -> window.row(readBack(row)));
        return true;
      }
    }
    return recorded.results(clientId, flowId, artifact, row -> window.row(readBack(row)));
  }

  /**
   * A sink that passes a part of its rows on.
   *
   * @param start the first row wanted, from 0
   * @param count how many at most; 0 for all
   */
  public static Sink window(long start, long count, Sink out) {
    if (start <= 0 && count <= 0) {
      return out;
    }
    long[] seen = new long[1];
    return row -> {
      long at = seen[0]++;
      if (at < start) {
        return true;
      }
      return out.row(row) && (count <= 0 || seen[0] < start + count);
    };
  }

  /**
   * Reads a table of a notebook cell.
   *
   * @return false where there is none
   */
  public boolean notebook(String notebookId, String cellId, long table, Sink out) {
    String key = Notebooks.table(notebookId, cellId, table);
    if (store.get(CELLS + ".size", key) != null) {
      store.scan(CELLS, key + "\n", (k, row) -> out.row(readBack(row)));
      return true;
    }
    return recorded.notebook(notebookId, cellId, table, row -> out.row(readBack(row)));
  }

  /** The log of a flow. */
  public void logs(String clientId, String flowId, Sink out) {
    side(LOGS, clientId, flowId, out, from -> from.logs(clientId, flowId, out));
  }

  /** The uploads of a flow that were begun and can be resumed. */
  public void uploadTransactions(String clientId, String flowId, Sink out) {
    recorded.uploadTransactions(clientId, flowId, out);
  }

  /** The uploads of a flow. */
  public void uploads(String clientId, String flowId, Sink out) {
    side(UPLOADS, clientId, flowId, out, from -> from.uploads(clientId, flowId, out));
  }

  private void side(
      String table, String clientId, String flowId, Sink out, Consumer<Recorded> otherwise) {
    String key = clientId + "/" + flowId;
    if (store.get(table + ".size", key) == null) {
      otherwise.accept(recorded);
    } else {
      store.scan(table, key + "\n", (k, row) -> out.row(row));
    }
  }

  /** A row as it comes back from JSON: text of the form of a time is one. */
  static Object readBack(Object value) {
    if (value instanceof String text) {
      return time(text);
    }
    if (value instanceof Dict dict) {
      Object[] cells = null;
      for (int i = 0; i < dict.size(); i++) {
        Object before = dict.cell(i);
        Object after = readBack(before);
        if (after != before) {
          cells = cells == null ? dict.cells(dict.size()) : cells;
          cells[i] = after;
        }
      }
      return cells == null ? dict : Dict.over(dict.shape(), cells);
    }
    return value instanceof List<?> list ? readBack(list) : value;
  }

  private static Object readBack(List<?> list) {
    List<Object> out = null;
    for (int i = 0; i < list.size(); i++) {
      Object after = readBack(list.get(i));
      if (after != list.get(i)) {
        out = out == null ? new ArrayList<>(list) : out;
        out.set(i, after);
      }
    }
    return out == null ? list : out;
  }

  private static Object time(String text) {
    if (text.length() < 20 || text.charAt(10) != 'T') {
      return text;
    }
    try {
      OffsetDateTime at = OffsetDateTime.parse(text);
      return new Timestamp(at.toInstant(), at.getOffset());
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
