package org.minivql.fleet.datastore;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Enumeration;
import java.util.NoSuchElementException;
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
    return name.endsWith(INDEX)
        && Files.exists(file.resolveSibling(name.substring(0, name.length() - INDEX.length())));
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
    Chunks pieces = new Chunks(file, index);
    InputStream unpacked = Bounded.of(new SequenceInputStream(pieces), () -> pieces.taken);
    return new BufferedInputStream(new Told(unpacked), BUFFER);
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

  /** An enumeration cannot say that a piece cannot be read: a reader wants to be told as usual. */
  private static final class Told extends FilterInputStream {
    Told(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public long skip(long bytes) {
      return 0;
    }
  }

  /** The pieces of a compressed file, each unpacked when it is asked for. */
  private static final class Chunks implements Enumeration<InputStream> {
    private final Path file;
    private final ByteBuffer index;
    private long taken;

    Chunks(Path file, ByteBuffer index) {
      this.file = file;
      this.index = index;
    }

    @Override
    public boolean hasMoreElements() {
      return index.remaining() >= ENTRY;
    }

    @Override
    public InputStream nextElement() {
      if (!hasMoreElements()) {
        throw new NoSuchElementException();
      }
      index.getLong();
      long offset = index.getLong();
      long size = index.getLong();
      index.getLong();
      long iv = index.getLong();
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        if (iv != 0) {
          throw new IOException("it is encrypted");
        }
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
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
