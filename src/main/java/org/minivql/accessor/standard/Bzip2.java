package org.minivql.accessor.standard;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.minivql.accessor.Bounded;
import org.minivql.accessor.open.Counted;

/** Recognises bzip2 by its first bytes. */
final class Bzip2 {
  private static final byte[] MAGIC = {'B', 'Z', 'h'};

  private Bzip2() {}

  /**
   * The decompressed content, or the content itself where it does not start as bzip2 does. Content
   * that grows out of proportion ends with an error.
   */
  static InputStream unpacked(InputStream packed) throws IOException {
    Counted counted = new Counted(packed);
    BufferedInputStream in = new BufferedInputStream(counted, 1 << 16);
    try {
      in.mark(MAGIC.length);
      boolean bzip2 = Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
      in.reset();
      return bzip2 ? Bounded.of(decompressed(in), counted::count) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    try {
      return Library.open(in);
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "reading bzip2 needs the library org.apache.commons:commons-compress", e);
    }
  }

  /** A class of its own: loading it needs the library. */
  private static final class Library {
    static InputStream open(InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }
  }
}
