package org.minivql.format.evtx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** One chunk of a log: its header, and the names and templates that its records share. */
final class Chunk {
  static final int SIZE = 0x10000;
  static final int RECORDS = 512;

  private static final long MAGIC = 0x006b6e6843666c45L;
  private static final int NO_CHECKSUM = 2;
  private static final int MAX_NAME = 512;

  private final byte[] data;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, List<Node>> templates = new HashMap<>();
  private final Map<Integer, String> broken = new HashMap<>();

  Chunk(byte[] data) {
    this.data = data;
  }

  byte[] data() {
    return data;
  }

  /** Whether nothing was ever written here: logs are made longer than needed. */
  boolean unused() {
    for (int i = 0; i < RECORDS; i++) {
      if (data[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the records end. */
  int end() {
    return Cursor.i32(data, 48);
  }

  /** The identifier of the first record. */
  long firstRecord() {
    return Cursor.i64(data, 24);
  }

  /** What is wrong with the header or a checksum, or null. */
  String damage(boolean checksums) {
    if (Cursor.i64(data, 0) != MAGIC) {
      return "bad signature";
    }
    if (end() < RECORDS || end() > SIZE) {
      return "free space at " + Integer.toUnsignedString(end());
    }
    if (!checksums || (Cursor.i32(data, 120) & NO_CHECKSUM) != 0) {
      return null;
    }
    if (headerChecksum() != Cursor.i32(data, 124)) {
      return "header checksum differs";
    }
    return recordsChecksum() == Cursor.i32(data, 52) ? null : "records checksum differs";
  }

  int headerChecksum() {
    CRC32 crc = new CRC32();
    crc.update(data, 0, 120);
    crc.update(data, 128, RECORDS - 128);
    return (int) crc.getValue();
  }

  int recordsChecksum() {
    CRC32 crc = new CRC32();
    crc.update(data, RECORDS, end() - RECORDS);
    return (int) crc.getValue();
  }

  /** The name at an offset. */
  String name(int offset) {
    String name = names.get(offset);
    if (name == null) {
      Cursor in = new Cursor(data, offset, SIZE);
      in.skip(6);
      int length = in.u16();
      if (length > MAX_NAME) {
        throw new CorruptException("a name of " + length + " characters");
      }
      name = in.utf16(length);
      names.put(offset, name);
    }
    return name;
  }

  /**
   * Whether a reference to a name may lie at an offset: it points right behind itself or to a name
   * used before.
   */
  boolean namePlausible(int at, int remaining) {
    if (remaining < 4) {
      return false;
    }
    int offset = Cursor.i32(data, at);
    return offset == at + 4 && remaining >= 14 || names.containsKey(offset) || terminated(offset);
  }

  private boolean terminated(int offset) {
    if (offset < RECORDS || offset > SIZE - 10) {
      return false;
    }
    int length = Cursor.u16(data, offset + 6);
    int end = offset + 8 + 2 * length;
    return length > 0 && end + 2 <= SIZE && Cursor.u16(data, end) == 0;
  }

  /** The content of the template at an offset. */
  List<Node> template(int offset, int depth) {
    List<Node> template = templates.get(offset);
    if (template == null) {
      if (broken.containsKey(offset)) {
        throw new CorruptException(broken.get(offset));
      }
      try {
        template = readTemplate(offset, depth);
      } catch (CorruptException e) {
        broken.put(offset, e.getMessage());
        throw e;
      }
      templates.put(offset, template);
    }
    return template;
  }

  private List<Node> readTemplate(int offset, int depth) {
    if (offset >= RECORDS && offset <= SIZE - 24) {
      Cursor in = new Cursor(data, offset + 20, SIZE);
      int size = in.size();
      if (size > 0 && size <= in.remaining()) {
        return BinaryXml.read(this, in.at(), in.at() + size, depth);
      }
    }
    throw new CorruptException("unknown template at offset " + Integer.toUnsignedString(offset));
  }
}
