package org.minivql.builtin.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** The headers of an executable of Windows, and its bytes by file offset and by address. */
final class PeFile {
  private static final int MOST_SECTIONS = 256;
  private static final int LONGEST_NAME = 4096;
  private static final long SIGNATURE = 0x4550;
  private static final Map<Integer, String> MACHINES =
      Map.of(
          0x14c, "I386", 0x1c0, "ARM", 0x1c4, "ARMNT", 0x200, "IA64", 0x8664, "AMD64", 0xaa64,
          "ARM64");

  /** A section; sizes and places in bytes. */
  record Section(String name, long address, long space, long offset, long size, long flags) {}

  /** An entry of the table of directories. */
  record Directory(long address, long size) {}

  private final Pages pages;
  private final long base;
  private final long header;
  private final boolean wide;
  private final List<Section> sections = new ArrayList<>();

  private PeFile(Pages pages, long base, long header) {
    this.pages = pages;
    this.base = base;
    this.header = header;
    this.wide = number(header + 24, 2) == 0x20b;
    long at = header + 24 + number(header + 20, 2);
    long count = Math.min(MOST_SECTIONS, number(header + 6, 2));
    for (int i = 0; i < count; i++, at += 40) {
      sections.add(
          new Section(
              text(at, 8),
              number(at + 12, 4),
              number(at + 8, 4),
              number(at + 20, 4),
              number(at + 16, 4),
              number(at + 36, 4)));
    }
  }

  /** The file; null where it is no executable. */
  static PeFile of(Pages pages, long base) {
    byte[] start = pages.bytes(base, 64);
    if (start[0] != 'M' || start[1] != 'Z') {
      return null;
    }
    long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(60) & 0xffffffffL;
    PeFile file = new PeFile(pages, base, header);
    return file.number(header, 4) == SIGNATURE ? file : null;
  }

  List<Section> sections() {
    return sections;
  }

  boolean wide() {
    return wide;
  }

  long size() {
    return pages.left(base);
  }

  /** Where the checksum stands, which signatures leave out. */
  long checksum() {
    return header + 24 + 64;
  }

  /** Where the entry of a directory stands. */
  long directoryEntry(int index) {
    return header + 24 + (wide ? 112 : 96) + index * 8L;
  }

  Directory directory(int index) {
    long count = number(header + 24 + (wide ? 108 : 92), 4);
    long at = directoryEntry(index);
    return index < count ? new Directory(number(at, 4), number(at + 4, 4)) : new Directory(0, 0);
  }

  long imageBase() {
    return wide ? number(header + 24 + 24, 8) : number(header + 24 + 28, 4);
  }

  Dict fileHeader() {
    int machine = (int) number(header + 4, 2);
    String name = MACHINES.get(machine);
    long time = number(header + 8, 4);
    return Dict.of(
        "Machine",
        name == null ? String.format("0x%x", machine) : "IMAGE_FILE_MACHINE_" + name,
        "TimeDateStamp",
        Timestamp.ofEpochSecond(time),
        "TimeDateStampRaw",
        time,
        "Characteristics",
        number(header + 22, 2),
        "ImageBase",
        imageBase());
  }

  /** The place in the file of an address; 0 for one that no section has. */
  long offset(long address) {
    for (Section section : sections) {
      long length = Math.max(section.space, section.size);
      if (address >= section.address && address < section.address + length) {
        return address - section.address + section.offset;
      }
    }
    return 0;
  }

  /** A little-endian number of up to eight bytes. */
  long number(long at, int bytes) {
    byte[] raw = pages.bytes(base + at, bytes);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | raw[i] & 0xff;
    }
    return value;
  }

  byte[] bytes(long at, int length) {
    return pages.bytes(base + at, length);
  }

  /** The text up to the first zero byte. */
  String text(long at) {
    return text(at, LONGEST_NAME);
  }

  String text(long at, int most) {
    byte[] raw = pages.bytes(base + at, most);
    int end = 0;
    while (end < raw.length && raw[end] != 0) {
      end++;
    }
    return org.minivql.value.Bytes.decode(raw, 0, end);
  }

  /** Text of two bytes for each letter, up to the first zero. */
  String wideText(long at, int letters) {
    byte[] raw = pages.bytes(base + at, letters * 2);
    String text = new String(raw, StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
