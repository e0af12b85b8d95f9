package org.minivql.value.time;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;
import org.minivql.value.OwnStack;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;

/**
 * Times as a program asks to see them, also inside lists and dicts.
 *
 * @since 0.1.0
 */
public final class ShownTimes {
  private ShownTimes() {}

  /**
   * A value with its times in a zone.
   *
   * @param zone null for that of each time, and UTC for one that only has an offset
   * @return the value itself where nothing changes
   */
  public static Object in(ZoneId zone, Object value) {
    if (zone == null) {
      return value instanceof Timestamp time ? time.shown() : value;
    }
    return in(zone, value, 0);
  }

  private static Object in(ZoneId zone, Object value, int depth) {
    if (value instanceof Timestamp time) {
      return new Timestamp(time.instant(), zone);
    }
    boolean nested = value instanceof Dict || value instanceof List<?> && value != Values.NIL;
    if (!nested || depth >= Nesting.DEEPEST) {
      return value;
    }
    return depth == Nesting.ROOM
        ? OwnStack.call(() -> parts(zone, value, depth + 1))
        : parts(zone, value, depth + 1);
  }

  private static Object parts(ZoneId zone, Object value, int depth) {
    boolean same = true;
    if (value instanceof Dict dict) {
      Dict now = dict.snapshot();
      Object[] cells = new Object[now.size()];
      for (int i = 0; i < cells.length; i++) {
        Object cell = now.cell(i);
        cells[i] = in(zone, cell, depth);
        same &= cells[i] == cell;
      }
      return same ? value : Dict.over(now.shape(), cells);
    }
    List<Object> items = new ArrayList<>();
    for (Object item : (List<?>) value) {
      Object shown = in(zone, item, depth);
      items.add(shown);
      same &= shown == item;
    }
    return same ? value : items;
  }
}
