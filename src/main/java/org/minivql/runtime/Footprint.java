package org.minivql.runtime;

import java.util.List;
import org.minivql.value.Dict;

/** About how many bytes of memory rows take. One row in some is looked at and stands for them. */
public final class Footprint {
  private static final int EVERY = 16;
  private static final int LOOKED_AT = 64;
  private static final int OBJECT = 24;
  private static final int REFERENCE = 8;

  private long rows;
  private long last;
  private long bytes;

  /** Nothing so far. */
  public Footprint() {}

  /** Adds a row; gives the bytes so far. */
  public long add(Object row) {
    if (rows++ % EVERY == 0) {
      last = of(row);
    }
    bytes += last;
    return bytes;
  }

  /** Adds bytes that are known; gives the bytes so far. */
  public long add(long more) {
    bytes += more;
    return bytes;
  }

  /** Starts again with nothing. */
  public void clear() {
    bytes = 0;
  }

  private static long of(Object value) {
    if (value == null || value instanceof Boolean) {
      return 0;
    }
    if (value instanceof String text) {
      return 2L * OBJECT + text.length();
    }
    if (value instanceof Dict dict) {
      long sum = 2L * OBJECT;
      for (int i = 0; i < dict.size(); i++) {
        sum += REFERENCE + of(dict.cell(i));
      }
      return sum;
    }
    if (value instanceof List<?> list) {
      int looked = Math.min(LOOKED_AT, list.size());
      long sum = 0;
      for (int i = 0; i < looked; i++) {
        sum += REFERENCE + of(list.get(i));
      }
      return 2L * OBJECT + (looked == 0 ? 0 : sum * list.size() / looked);
    }
    return OBJECT;
  }
}
