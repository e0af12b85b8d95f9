package org.minivql.plan.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.runtime.QueryContext;
import org.minivql.testing.Contexts;
import org.minivql.value.Dict;
import org.minivql.value.Operators;

/**
 * A sort of many rows that nobody wants any more ends in the middle of its last and longest step.
 */
class RowOrderTest {
  private static final int ROWS = 1 << 17;

  private long compared;
  private long cancelAt = Long.MAX_VALUE;

  private final QueryContext query =
      Contexts.with(
          (Operators)
              Proxy.newProxyInstance(
                  Operators.class.getClassLoader(),
                  new Class<?>[] {Operators.class},
                  (proxy, method, arguments) -> less(arguments)));

  private boolean less(Object[] arguments) {
    if (++compared == cancelAt) {
      query.cancel();
    }
    return ((String) arguments[1]).compareTo((String) arguments[2]) < 0;
  }

  private RowOrder.Entry[] sort() {
    RowOrder order =
        new RowOrder(Frame.root(query, Dict.EMPTY), new SelectNode.Order("K", false, null));
    Random random = new Random(1);
    List<RowOrder.Entry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(order.entry(Dict.of("K", Integer.toString(random.nextInt()))));
    }
    return order.sorted(rows);
  }

  @Test
  void endsInTheMiddleOfAMerge() {
    RowOrder.Entry[] sorted = sort();
    assertThat(sorted[0].key()).asString().isLessThanOrEqualTo((String) sorted[1].key());

    cancelAt = compared - ROWS / 2;
    compared = 0;
    assertThatThrownBy(this::sort).isInstanceOf(Cancelled.class);
    assertThat(compared).isLessThan(cancelAt + ROWS / 10);
  }
}
