package org.minivql.plan;

import org.minivql.runtime.Frame;
import org.minivql.runtime.Stacks;
import org.minivql.value.Sink;

/** A compiled SELECT: LIMIT(ORDER BY(GROUP BY(WHERE(columns(FROM))))). */
final class SelectNode {
  /**
   * {@code ORDER BY}.
   *
   * @param column the output column
   * @param descending whether the largest comes first
   */
  record Order(String column, boolean descending) {}

  private final String text;
  private final Source source;
  private final Projection projection;
  private final ExprNode where;
  private final ExprNode groupBy;
  private final Order order;
  private final Long limit;

  SelectNode(
      String text,
      Source source,
      Projection projection,
      ExprNode where,
      ExprNode groupBy,
      Order order,
      Long limit) {
    this.text = text;
    this.source = source;
    this.projection = projection;
    this.where = where;
    this.groupBy = groupBy;
    this.order = order;
    this.limit = limit;
  }

  String text() {
    return text;
  }

  void run(Frame frame, Sink out) {
    if (Stacks.due(frame)) {
      Stacks.call(
          () -> {
            pipe(frame, out);
            return null;
          });
    } else {
      pipe(frame, out);
    }
  }

  private void pipe(Frame frame, Sink out) {
    Sink sink = limit == null ? out : new LimitSink(out, limit);
    if (order == null) {
      rows(frame, sink);
      return;
    }
    try (OrderSink sorted = new OrderSink(frame, sink, order)) {
      rows(frame, sorted);
      sorted.finish();
    }
  }

  private void rows(Frame frame, Sink sink) {
    if (groupBy == null) {
      RowStage stage = new RowStage(frame, projection, where, sink);
      source.run(frame, stage);
      stage.finish();
      return;
    }
    try (GroupStage groups = new GroupStage(frame, projection, where, groupBy, sink)) {
      source.run(frame, groups);
      groups.finish();
    }
  }
}
