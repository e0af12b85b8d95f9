package org.minivql.builtin.binary;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;

/** Times counted in some unit since some day. */
final class TimeTypes {
  private static final long TICKS = 10_000_000;
  private static final long FROM_1601 = 11_644_473_600L;

  private TimeTypes() {}

  static Timestamp fat(int date, int time) {
    LocalDateTime start =
        LocalDateTime.of(1980 + (date >> 9), 1, 1, 0, 0)
            .plusMonths(Math.max(0, (date >> 5 & 0xf) - 1))
            .plusDays(Math.max(0, (date & 0x1f) - 1));
    return Timestamp.utc(
        start
            .plusHours(time >> 11)
            .plusMinutes(time >> 5 & 0x3f)
            .plusSeconds((time & 0x1f) * 2L)
            .toInstant(ZoneOffset.UTC));
  }

  /** Units since 1970. */
  record Epoch(BinaryType number, long factor) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      long count = count(number, in, offset, parent);
      long seconds = Math.floorDiv(count, factor);
      double fraction = (double) Math.floorMod(count, factor) / factor;
      return seconds == Long.MIN_VALUE ? null : time(seconds, (long) (fraction * 1_000_000_000L));
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return number.size(in, offset, parent, null);
    }
  }

  /** Hundreds of nanoseconds since 1601, in whole seconds. */
  record WinFile(BinaryType number, long factor) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      long count = count(number, in, offset, parent);
      return time(Math.floorDiv(count, TICKS * factor) - FROM_1601, 0);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return number.size(in, offset, parent, null);
    }
  }

  private static long count(BinaryType type, Reading in, long offset, Struct parent) {
    Object value = type.value(in, offset, parent);
    return Values.isNumeric(value) ? Values.toLong(value) : 0;
  }

  private static Timestamp time(long seconds, long nanos) {
    long first = Instant.MIN.getEpochSecond();
    long last = Instant.MAX.getEpochSecond();
    return Timestamp.utc(Instant.ofEpochSecond(Math.max(first, Math.min(last, seconds)), nanos));
  }
}
