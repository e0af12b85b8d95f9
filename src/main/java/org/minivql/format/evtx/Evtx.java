package org.minivql.format.evtx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Reads Windows event logs.
 *
 * <p>One chunk is in memory at a time. Damage is not an exception: what cannot be read is reported
 * and skipped, a chunk as a whole where its header or a checksum is wrong, else a record.
 */
public final class Evtx {
  private static final long MAGIC = 0x00656c6946666c45L;
  private static final int HEADER = 4096;
  private static final int DIRTY = 1;
  private static final int RECORD_MAGIC = 0x00002a2a;
  private static final int RECORD_HEADER = 24;

  private final EventSink sink;
  private final Problems problems;
  private final Rows rows = new Rows();

  private Evtx(EventSink sink, Problems problems) {
    this.sink = sink;
    this.problems = problems;
  }

  /**
   * Reads a log from its first byte to the end of the stream, or until the sink wants no more. The
   * stream is not closed.
   *
   * @param sink takes the records
   * @param problems takes what was skipped
   * @throws NotAnEventLogException when the stream is empty or does not start like an event log
   * @throws IOException when the stream fails
   */
  public static void read(InputStream in, EventSink sink, Problems problems) throws IOException {
    new Evtx(sink, problems).run(in);
  }

  private void run(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length == 0) {
      throw new NotAnEventLogException("the file is empty");
    }
    if (header.length < 128 || Cursor.i64(header, 0) != MAGIC) {
      throw new NotAnEventLogException("no event log signature");
    }
    if (header.length < HEADER) {
      problems.skipped(0, "file ends within its header");
      return;
    }
    // While Windows has a log open, only the checksums of finished chunks are kept up to date.
    boolean checksums = (Cursor.i32(header, 120) & DIRTY) == 0;
    long offset = HEADER;
    while (true) {
      byte[] data = in.readNBytes(Chunk.SIZE);
      if (data.length == 0) {
        return;
      }
      if (!chunk(data, offset, checksums)) {
        return;
      }
      offset += data.length;
    }
  }

  private boolean chunk(byte[] data, long offset, boolean checksums) {
    boolean truncated = data.length < Chunk.SIZE;
    Chunk chunk = new Chunk(truncated ? Arrays.copyOf(data, Chunk.SIZE) : data);
    if (chunk.unused()) {
      return true;
    }
    String damage = chunk.damage(checksums && !truncated);
    if (damage != null) {
      problems.skipped(offset, "chunk skipped: " + damage);
      return true;
    }
    if (truncated && chunk.end() > data.length) {
      problems.skipped(offset + data.length, "file ends within a chunk");
    }
    return records(chunk, offset, Math.min(chunk.end(), data.length));
  }

  private boolean records(Chunk chunk, long offset, int end) {
    int at = Chunk.RECORDS;
    while (at + RECORD_HEADER + 4 <= end) {
      int magic = Cursor.i32(chunk.data(), at);
      if (magic == 0) {
        return true;
      }
      int size = Cursor.i32(chunk.data(), at + 4);
      if (magic != RECORD_MAGIC || size < RECORD_HEADER + 4) {
        problems.skipped(offset + at, "rest of the chunk skipped: bad record");
        return true;
      }
      if (size > end - at) {
        problems.skipped(offset + at, "rest of the chunk skipped: record reaches beyond its end");
        return true;
      }
      EventRecord record = record(chunk, offset, at, size);
      if (record != null && !sink.event(record)) {
        return false;
      }
      at += size;
    }
    return true;
  }

  private EventRecord record(Chunk chunk, long offset, int at, int size) {
    long id = Cursor.i64(chunk.data(), at + 8);
    try {
      List<Node> nodes = BinaryXml.read(chunk, at + RECORD_HEADER, at + size - 4, 0);
      Element root = Assembly.root(nodes);
      return new EventRecord(
          id, Scalars.instant(Cursor.i64(chunk.data(), at + 16)), rows.row(root), root);
    } catch (CorruptException e) {
      problems.skipped(
          offset + at, "record " + Long.toUnsignedString(id) + " skipped: " + e.getMessage());
      return null;
    }
  }
}
