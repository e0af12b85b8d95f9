package org.minivql.accessor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * A decompressed stream that ends with an error when it grows out of proportion.
 *
 * @since 0.1.0
 */
public final class Bounded extends FilterInputStream {
  /** Up to here nothing is measured, in bytes. */
  static final long FREE = 32L << 20;

  /** How many times the compressed size the rest may be. */
  static final long RATIO = 250;

  private final LongSupplier compressed;
  private long produced;

  private Bounded(InputStream in, LongSupplier compressed) {
    super(in);
    this.compressed = compressed;
  }

  /**
   * Watches a stream.
   *
   * @param compressed the compressed bytes consumed so far
   */
  public static InputStream of(InputStream in, LongSupplier compressed) {
    return new Bounded(in, compressed);
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = super.read(target, offset, length);
    if (n > 0) {
      count(n);
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int n) throws IOException {
    produced += n;
    if (produced > FREE && produced / RATIO > Math.max(1, compressed.getAsLong())) {
      throw new IOException("decompressed data is more than " + RATIO + " times as large");
    }
  }
}
