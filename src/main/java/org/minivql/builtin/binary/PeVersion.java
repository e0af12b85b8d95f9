package org.minivql.builtin.binary;

import org.minivql.value.Dict;

/** The texts of a version resource: blocks in blocks, each with length, key and value. */
final class PeVersion {
  private static final int LARGEST = 1 << 16;

  private final PeFile file;
  private final long start;
  private final long end;
  private final Dict.Builder strings = Dict.builder();

  PeVersion(PeFile file, long start, long size) {
    this.file = file;
    this.start = start;
    this.end = start + Math.min(size, LARGEST);
  }

  Dict strings() {
    block(start, end, 0);
    return strings.build();
  }

  /** Reads the block at a place and answers where the next one begins. */
  private long block(long at, long limit, int depth) {
    long length = file.number(at, 2);
    if (length < 6 || at + length > limit) {
      return limit;
    }
    int most = (int) Math.min(512, (length - 6) / 2);
    String key = file.wideText(at + 6, most);
    long value = aligned(at + 6 + (key.length() + 1) * 2L);
    long units = file.number(at + 2, 2);
    boolean isText = file.number(at + 4, 2) == 1;
    if (depth == 3) {
      int letters = (int) Math.max(0, Math.min(units, (at + length - value) / 2));
      strings.set(key, isText || units > 0 ? file.wideText(value, letters) : "");
    } else if (depth < 2 || !key.equals("Translation")) {
      long child = depth == 0 ? aligned(value + units) : value;
      while (child < at + length) {
        if (depth == 0 && !file.wideText(child + 6, 16).startsWith("StringFileInfo")) {
          child = next(child, at + length);
        } else {
          child = block(child, at + length, depth + 1);
        }
      }
    }
    return next(at, limit);
  }

  private long next(long at, long limit) {
    long length = file.number(at, 2);
    return length < 6 ? limit : aligned(at + length);
  }

  /** The next place that is a multiple of four from the start. */
  private long aligned(long at) {
    return start + (at - start + 3 & ~3L);
  }
}
