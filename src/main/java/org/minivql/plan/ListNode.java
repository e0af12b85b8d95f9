package org.minivql.plan;

import java.util.ArrayList;
import java.util.List;
import org.minivql.runtime.Frame;

/** A list; it ends at an empty slot. */
final class ListNode extends ExprNode {
  private final ExprNode[] items;

  ListNode(ExprNode[] items) {
    this.items = items;
  }

  @Override
  Object eval(Frame frame) {
    List<Object> list = new ArrayList<>(items.length);
    for (ExprNode item : items) {
      if (item == null) {
        break;
      }
      list.add(item.eval(frame));
    }
    return list;
  }
}
