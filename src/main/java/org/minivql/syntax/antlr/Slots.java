package org.minivql.syntax.antlr;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.tree.Expr;

/** The items of a comma list, while they are read; of several in one slot the last stays. */
final class Slots {
  final List<Expr> items = new ArrayList<>();

  private Slots(Expr first) {
    items.add(first);
  }

  /** The list after a comma: one more slot, still empty. */
  static Slots open(Slots slots, Expr first) {
    Slots longer = slots == null ? new Slots(first) : slots;
    longer.items.add(null);
    return longer;
  }

  /** Fills the last slot. */
  void keep(Expr item) {
    items.set(items.size() - 1, item);
  }
}
