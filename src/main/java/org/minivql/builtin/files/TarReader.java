package org.minivql.builtin.files;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.value.Bytes;

/**
 * Reads the plain files of a TAR stream: ustar names with prefix and the long names of GNU. The JDK
 * has no reader, and one is too little to add a library for.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 1 << 16;

  private final InputStream in;
  private Entry content = new Entry(0);
  private long padding;
  private String name = "";
  private char type;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** Goes to the next member; false at the end. */
  boolean next() throws IOException {
    String longName = null;
    while (true) {
      content.skipAll();
      in.skipNBytes(padding);
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return false;
      }
      long size = octal(header, 124, 12);
      type = (char) header[156];
      padding = (BLOCK - size % BLOCK) % BLOCK;
      content = new Entry(size);
      if (type == 'L' && size <= LONGEST_NAME) {
        byte[] bytes = content.readAllBytes();
        longName = text(bytes, 0, bytes.length);
        continue;
      }
      if (type == 'x' || type == 'g') {
        continue;
      }
      String prefix = text(header, 345, 155);
      boolean ustar = text(header, 257, 5).equals("ustar") && !prefix.isEmpty();
      String plain = text(header, 0, 100);
      name = longName != null ? longName : ustar ? prefix + "/" + plain : plain;
      return true;
    }
  }

  String name() {
    return name;
  }

  boolean isFile() {
    return type == '0' || type == 0 || type == '7';
  }

  InputStream content() {
    return content;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return Bytes.decode(bytes, from, end);
  }

  private static long octal(byte[] bytes, int from, int length) throws IOException {
    long value = 0;
    for (int i = from; i < from + length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '7') {
        value = value << 3 | (bytes[i] - '0');
      } else if (bytes[i] != ' ' && bytes[i] != 0) {
        throw new IOException("tar: invalid header");
      }
    }
    return value;
  }

  private final class Entry extends InputStream {
    private long left;

    Entry(long size) {
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0 || length == 0) {
        return left == 0 ? -1 : 0;
      }
      int n = in.read(target, offset, (int) Math.min(left, length));
      if (n < 0) {
        throw new IOException("tar: unexpected end of the archive");
      }
      left -= n;
      return n;
    }

    void skipAll() throws IOException {
      in.skipNBytes(left);
      left = 0;
    }
  }
}
