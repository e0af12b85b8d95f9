package org.minivql.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Items come out once, in order, and are let go of. */
class ItemRingTest {
  @Property(tries = 200)
  void allItemsComeOutInOrder(
      @ForAll @Size(max = 60) List<@IntRange(min = -80, max = 200) Integer> steps) {
    ItemRing ring = new ItemRing(2);
    ring.quick(true);
    Object[] batch = new Object[64];
    List<Integer> taken = new ArrayList<>();
    int offered = 0;
    for (int step : steps) {
      for (int i = 0; i < step && ring.offer(offered, i == step - 1); i++) {
        offered++;
      }
      for (int i = step; i < 0; i++) {
        int count = ring.take(batch, 1);
        add(taken, batch, count);
      }
    }
    ring.show();
    for (int count = ring.take(batch, 1); count > 0; count = ring.take(batch, 1)) {
      add(taken, batch, count);
    }
    assertThat(taken).hasSize(offered).isSorted();
  }

  private static void add(List<Integer> taken, Object[] batch, int count) {
    for (int i = 0; i < count; i++) {
      taken.add((Integer) batch[i]);
    }
  }

  @Test
  void itemsThatWereTakenAreLetGoOf() {
    ItemRing ring = new ItemRing(2);
    Object[] batch = new Object[1];
    List<WeakReference<Object>> items = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Object item = new byte[64];
      items.add(new WeakReference<>(item));
      assertThat(ring.offer(item, true)).isTrue();
      assertThat(ring.take(batch, 1)).isEqualTo(1);
    }
    System.gc();
    assertThat(items.stream().filter(item -> item.get() != null).count()).isLessThan(10);
  }
}
