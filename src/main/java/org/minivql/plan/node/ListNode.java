package org.minivql.plan.node;

import java.util.ArrayList;
import java.util.List;
import org.minivql.runtime.Frame;

/** A list; it ends at an empty slot. */
public final class ListNode extends ExprNode {
  private final ExprNode[] items;

  public ListNode(ExprNode[] items) {
    this.items = items;
  }

  @Override
  public Object eval(Frame frame) {
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
