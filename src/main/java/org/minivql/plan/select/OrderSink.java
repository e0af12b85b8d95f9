package org.minivql.plan.select;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.minivql.runtime.Frame;
import org.minivql.runtime.SpillFile;
import org.minivql.runtime.SpillReader;
import org.minivql.value.Dict;
import org.minivql.value.Footprint;
import org.minivql.value.Sink;

/**
 * ORDER BY. Rows beyond the memory budget go to files, each of them in order, which are merged in
 * the end; earlier files count as earlier rows, so that equal rows come out as without files.
 */
final class OrderSink implements Sink, AutoCloseable {
  private static final int MOST_FILES = 64;

  private final Frame frame;
  private final Sink out;
  private final RowOrder order;
  private final SelectNode.Order clause;
  private final boolean reports;
  private final List<RowOrder.Entry> rows = new ArrayList<>();
  private final List<SpillFile> files = new ArrayList<>();
  private final Footprint footprint;
  private final long budget;

  OrderSink(Frame frame, Sink out, SelectNode.Order order) {
    this.frame = frame;
    this.out = out;
    this.order = new RowOrder(frame, order);
    this.clause = order;
    this.reports = frame.query().settings().reportsUnsorted();
    this.footprint = Footprint.kept(frame);
    this.budget = frame.query().settings().memoryBudget();
  }

  @Override
  public boolean row(Object row) {
    rows.add(order.entry((Dict) row));
    if (footprint.add(row) > budget) {
      spill();
    }
    return true;
  }

  private void spill() {
    SpillFile file = new SpillFile(frame);
    files.add(file);
    for (RowOrder.Entry entry : order.sorted(rows)) {
      if (!frame.alive()) {
        return;
      }
      file.write(entry.row());
    }
    rows.clear();
    footprint.clear();
    if (files.size() == MOST_FILES) {
      SpillFile all = new SpillFile(frame);
      files.add(all);
      merge(
          files.subList(0, MOST_FILES),
          entry -> {
            all.write(entry.row());
            return true;
          });
      List<SpillFile> merged = files.subList(0, MOST_FILES);
      merged.forEach(SpillFile::close);
      merged.clear();
    }
  }

  void finish() {
    if (!frame.alive()) {
      return;
    }
    if (!files.isEmpty()) {
      spill();
      merge(files, this::emit);
      return;
    }
    RowOrder.Entry[] entries = order.sorted(rows);
    rows.clear();
    for (RowOrder.Entry entry : entries) {
      if (!frame.alive() || !emit(entry)) {
        return;
      }
    }
  }

  private boolean emit(RowOrder.Entry entry) {
    if (reports && !entry.known()) {
      frame.log("Order by column " + clause.column() + " not present in row", clause.at());
    }
    return out.row(entry.row());
  }

  private void merge(List<SpillFile> sources, Predicate<RowOrder.Entry> target) {
    PriorityQueue<Run> runs = new PriorityQueue<>(this::compare);
    for (int i = 0; i < sources.size(); i++) {
      Run run = new Run(i, sources.get(i).read(0));
      if (run.advance()) {
        runs.add(run);
      }
    }
    while (!runs.isEmpty()) {
      Run run = runs.poll();
      if (!frame.alive() || !target.test(run.entry)) {
        return;
      }
      if (run.advance()) {
        runs.add(run);
      }
    }
  }

  /** The question of a merge: does the later row come before the earlier one? */
  private int compare(Run a, Run b) {
    if (a.number < b.number) {
      return order.less(b.entry, a.entry) ? 1 : -1;
    }
    return order.less(a.entry, b.entry) ? -1 : 1;
  }

  /** One file while it is merged. */
  private final class Run {
    private final int number;
    private final SpillReader reader;
    private RowOrder.Entry entry;

    Run(int number, SpillReader reader) {
      this.number = number;
      this.reader = reader;
    }

    boolean advance() {
      boolean more = reader.hasNext();
      entry = more ? order.entry((Dict) reader.next()) : null;
      return more;
    }
  }

  @Override
  public void close() {
    files.forEach(SpillFile::close);
    files.clear();
    footprint.close();
  }
}
