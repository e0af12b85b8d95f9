package org.minivql.builtin.yara;

import java.util.ArrayList;
import java.util.List;

/** Bytes as people read them: offset, sixteen bytes in two halves, and their letters. */
final class HexDump {
  private static final int WIDTH = 16;

  private HexDump() {}

  /** A line for each sixteen bytes, and an empty one behind the last. */
  static List<Object> of(byte[] bytes) {
    List<Object> lines = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += WIDTH) {
      StringBuilder line = new StringBuilder(String.format("%08x ", at));
      StringBuilder letters = new StringBuilder();
      for (int i = at; i < at + WIDTH; i++) {
        line.append(i % (WIDTH / 2) == 0 ? " " : "");
        if (i < bytes.length) {
          line.append(String.format("%02x ", bytes[i]));
          letters.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        } else {
          line.append("   ");
        }
      }
      lines.add(line.append(" |").append(letters).append('|').toString());
    }
    lines.add("");
    return lines;
  }
}
