package org.minivql.fleet.datastore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.JsonLines;

/**
 * The times of the events in a file, one after the other. Where the index is damaged, the rest of
 * the events have none.
 */
final class TimeIndex implements AutoCloseable {
  private static final int ENTRY = 24;
  private static final long NANOS = 1_000_000L;

  private final Path file;
  private final Damage damage;
  private InputStream in;

  private TimeIndex(Path file, Damage damage) {
    this.file = file;
    this.damage = damage;
  }

  /** The index in a file; one without times where there is no such file. */
  static TimeIndex open(Path file, Damage damage) {
    TimeIndex index = new TimeIndex(file, damage);
    if (damage.isFile(file)) {
      try {
        index.in = new BufferedInputStream(Files.newInputStream(file));
      } catch (IOException e) {
        damage.note(file + ": " + JsonLines.reason(e));
      }
    }
    return index;
  }

  /** The time of the next event in milliseconds; -1 where there is none. */
  long next() {
    if (in == null) {
      return -1;
    }
    try {
      byte[] entry = in.readNBytes(ENTRY);
      if (entry.length == ENTRY) {
        ByteBuffer numbers = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
        return Math.floorDiv(numbers.getLong(), NANOS);
      }
      damage.note(file + ": has fewer times than there are events");
    } catch (IOException e) {
      damage.note(file + ": " + JsonLines.reason(e));
    }
    close();
    return -1;
  }

  @Override
  public void close() {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        damage.note(file + ": " + JsonLines.reason(e));
      }
      in = null;
    }
  }
}
