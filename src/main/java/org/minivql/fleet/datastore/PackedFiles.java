package org.minivql.fleet.datastore;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.InflaterInputStream;
import org.minivql.accessor.Bounded;
import org.minivql.fleet.layout.Damage;

/** The files of a server, unpacked where they are stored in compressed pieces. */
final class PackedFiles {
  private static final String INDEX = ".chunk";
  private static final int ENTRY = 40;
  private static final int UNPACKED = 24;
  private static final long LARGEST_PIECE = 256L << 20;
  private static final int BUFFER = 1 << 16;

  private final Damage damage;

  PackedFiles(Damage damage) {
    this.damage = damage;
  }

  /** Whether a file is but the index of another. */
  static boolean isIndex(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(INDEX)) {
      return false;
    }
    Path other = file.resolveSibling(name.substring(0, name.length() - INDEX.length()));
    // Also that of a file that cannot be read.
    return Files.exists(other, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a file is stored in compressed pieces. */
  boolean is(Path file) {
    return Files.isRegularFile(file) && damage.isFile(chunks(file));
  }

  /** When a file was written. */
  Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path chunks(Path file) {
    return file.resolveSibling(file.getFileName() + INDEX);
  }

  /** The content of a file. */
  InputStream open(Path file) throws IOException {
    ByteBuffer index = index(file);
    if (index == null) {
      return new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }
    Pieces pieces = new Pieces(file, index);
    return new BufferedInputStream(Bounded.of(pieces, () -> pieces.taken), BUFFER);
  }

  /** How many bytes the content of a file has. */
  long size(Path file) {
    try {
      ByteBuffer index = index(file);
      if (index == null) {
        return Files.size(file);
      }
      long size = 0;
      for (int at = UNPACKED; at < index.limit(); at += ENTRY) {
        size += index.getLong(at);
      }
      return size;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The places of the pieces of a file; null where it is stored as it is. */
  private ByteBuffer index(Path file) throws IOException {
    Path chunks = chunks(file);
    if (!damage.isFile(chunks)) {
      return null;
    }
    byte[] index = Files.readAllBytes(chunks);
    if (index.length % ENTRY != 0 || index.length == 0 && Files.size(file) > 0) {
      throw new IOException("its chunk index is damaged");
    }
    return ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The pieces of a compressed file one after the other, each unpacked when it is reached. */
  private static final class Pieces extends InputStream {
    private final Path file;
    private final ByteBuffer index;
    private InputStream piece = InputStream.nullInputStream();
    private long taken;

    Pieces(Path file, ByteBuffer index) {
      this.file = file;
      this.index = index;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = piece.read(target, offset, length);
      while (n < 0 && index.remaining() >= ENTRY) {
        piece = next();
        n = piece.read(target, offset, length);
      }
      return n;
    }

    private InputStream next() throws IOException {
      index.getLong();
      long offset = index.getLong();
      long size = index.getLong();
      index.getLong();
      long iv = index.getLong();
      if (iv != 0) {
        throw new IOException("it is encrypted");
      }
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        // Pieces that overlap would let a small file stand for an endless one.
        taken += size;
        if (offset < 0
            || size < 0
            || size > Math.min(LARGEST_PIECE, in.length() - offset)
            || taken > in.length()) {
          throw new IOException("its chunk index is damaged");
        }
        byte[] packed = new byte[(int) size];
        in.seek(offset);
        in.readFully(packed);
        return new InflaterInputStream(new ByteArrayInputStream(packed));
      }
    }
  }
}
