package org.minivql.plan.select;

import java.util.List;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.value.Dict;
import org.minivql.value.Operators;

/**
 * The order of rows by one column. The order of {@code <} need not be consistent over mixed types,
 * so the sort is one that ends and keeps every row whatever the answers are: insertion for a few
 * rows, merging for more. Equal rows stay in order ascending and are reversed descending.
 */
public final class RowOrder {
  /** A row and what it is sorted by; not known where the row lacks the column. */
  public record Entry(Dict row, boolean known, Object key) {}

  private static final int FEW = 12;

  /** After so many rows a merge looks whether it is still wanted. */
  private static final int STEP = 1 << 12;

  private final Frame frame;
  private final SelectNode.Order order;

  public RowOrder(Frame frame, SelectNode.Order order) {
    this.frame = frame;
    this.order = order;
  }

  public Entry entry(Dict row) {
    int at = row.shape().indexOf(order.column());
    return new Entry(row, at >= 0, at < 0 || row.cell(at) == null ? "" : row.cell(at));
  }

  /** Whether the first comes before the second. */
  boolean less(Entry a, Entry b) {
    if (!a.known || !b.known) {
      return false;
    }
    boolean less;
    if (a.key instanceof Long x && b.key instanceof Long y) {
      less = x < y;
    } else {
      Operators operators = frame.operators();
      less = operators.less(frame, a.key, b.key);
    }
    return order.descending() != less;
  }

  /** The rows in order. */
  public Entry[] sorted(List<Entry> rows) {
    Entry[] entries = rows.toArray(new Entry[0]);
    sort(entries, 0, entries.length, new Entry[entries.length > FEW ? entries.length : 0]);
    return entries;
  }

  private void sort(Entry[] entries, int from, int to, Entry[] spare) {
    if (to - from <= FEW) {
      insert(entries, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(entries, from, middle, spare);
    sort(entries, middle, to, spare);
    if (!less(entries[middle], entries[middle - 1])) {
      return;
    }
    merge(entries, from, middle, to, spare);
  }

  private void checkAlive() {
    if (!frame.alive()) {
      throw new Cancelled();
    }
  }

  private void insert(Entry[] entries, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      Entry entry = entries[i];
      int k = i;
      while (k > from && less(entry, entries[k - 1])) {
        entries[k] = entries[k - 1];
        k--;
      }
      entries[k] = entry;
    }
  }

  private void merge(Entry[] entries, int from, int middle, int to, Entry[] spare) {
    checkAlive();
    System.arraycopy(entries, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    int at = from;
    while (left < middle && right < to) {
      if (at % STEP == 0) {
        checkAlive();
      }
      entries[at++] = less(entries[right], spare[left]) ? entries[right++] : spare[left++];
    }
    System.arraycopy(spare, left, entries, at, middle - left);
  }
}
