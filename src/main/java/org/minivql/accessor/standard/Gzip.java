package org.minivql.accessor.standard;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.minivql.accessor.Bounded;
import org.minivql.accessor.open.Counted;

/**
 * Recognises gzip by its first bytes.
 *
 * @since 0.1.0
 */
public final class Gzip {
  private Gzip() {}

  /**
   * The decompressed content, or the content itself where it does not start as gzip does. Content
   * that grows out of proportion ends with an error.
   */
  public static InputStream unpacked(InputStream packed) throws IOException {
    Counted counted = new Counted(packed);
    BufferedInputStream in = new BufferedInputStream(counted, 1 << 16);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? Bounded.of(new GZIPInputStream(in, 1 << 16), counted::count) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
