package org.minivql.fleet.datastore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.zip.InflaterInputStream;
import org.minivql.accessor.Bounded;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Reads the row files of a server: edited ones, compressed ones, and those with a time index. */
final class StoredRows {
  private static final int CHUNK = 40;
  private static final long LARGEST_PIECE = 256L << 20;
  private static final int LONGEST_ROW = 64 << 20;

  private final JsonLines json;
  private final Damage damage;

  StoredRows(JsonLines json, Damage damage) {
    this.json = json;
    this.damage = damage;
  }

  /** Takes a row with the time that the index gives it. */
  @FunctionalInterface
  interface Timed {
    /** Takes a row; {@code millis} is -1 where there is no index. */
    boolean row(long millis, Dict row);
  }

  /** Reads a result set. */
  boolean rows(Path file, Sink out) {
    return read(file, (millis, row) -> out.row(row), false);
  }

  /** Reads events with the times of the index beside the file. */
  boolean events(Path file, Timed out) {
    return read(file, out, true);
  }

  private boolean read(Path file, Timed out, boolean timed) {
    try (InputStream in = open(file);
        TimeIndex times = timed ? TimeIndex.open(sibling(file, ".tidx"), damage) : null) {
      boolean more = true;
      int number = 0;
      String line = line(in);
      while (line != null && more) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("@{")) {
          long millis = timed ? times.next() : -1;
          int at = number;
          Dict row =
              text.startsWith("@")
                  ? damage.guarded(file, () -> replaced(file, at, text))
                  : json.row(text, file.toString(), number);
          more = row == null || out.row(millis, row);
        }
        line = line(in);
      }
      return more;
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /** A row that was edited: its line says where the new one is. */
  private Dict replaced(Path file, int line, String reference) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(Long.parseLong(reference.substring(1).strip()));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        bytes.write(b);
      }
      String text = Bytes.decode(bytes.toByteArray()).strip();
      Object edit = Json.parse(text.substring(1));
      byte[] data = Base64.getDecoder().decode(String.valueOf(((Dict) edit).get("Data")));
      return json.object(Bytes.decode(data), file.toString(), 0);
    } catch (IOException
        | FormatException
        | ClassCastException
        | IndexOutOfBoundsException
        | IllegalArgumentException e) {
      throw FleetException.at(
          file.toString(), line, 1, "the row that replaces this one is damaged", reference);
    }
  }

  private static String line(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    while (b >= 0 && b != '\n') {
      bytes.write(b);
      if (bytes.size() > LONGEST_ROW) {
        throw new IOException("a row is longer than " + LONGEST_ROW + " bytes");
      }
      b = in.read();
    }
    return Bytes.decode(bytes.toByteArray());
  }

  /** The content, unpacked where it is stored in compressed pieces. */
  private InputStream open(Path file) throws IOException {
    Path chunks = sibling(file, ".chunk");
    if (!damage.isFile(chunks)) {
      return new java.io.BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }
    byte[] index = Files.readAllBytes(chunks);
    if (index.length % CHUNK != 0 || index.length == 0 && Files.size(file) > 0) {
      throw FleetException.in(file.toString(), "its chunk index is damaged");
    }
    Chunks pieces = new Chunks(file, index);
    return new java.io.BufferedInputStream(
        Bounded.of(new SequenceInputStream(pieces), () -> pieces.taken), 1 << 16);
  }

  /** The pieces of a compressed file, each unpacked when it is asked for. */
  private static final class Chunks implements Enumeration<InputStream> {
    private final Path file;
    private final ByteBuffer index;
    private long taken;

    Chunks(Path file, byte[] index) {
      this.file = file;
      this.index = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean hasMoreElements() {
      return index.remaining() >= CHUNK;
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
      if (iv != 0) {
        throw FleetException.in(file.toString(), "is encrypted");
      }
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        // Pieces that overlap would let a small file stand for an endless one.
        taken += size;
        if (offset < 0
            || size < 0
            || size > Math.min(LARGEST_PIECE, in.length() - offset)
            || taken > in.length()) {
          throw FleetException.in(file.toString(), "its chunk index is damaged");
        }
        byte[] packed = new byte[(int) size];
        in.seek(offset);
        in.readFully(packed);
        return new InflaterInputStream(new ByteArrayInputStream(packed));
      } catch (IOException e) {
        throw FleetException.in(file.toString(), JsonLines.reason(e));
      }
    }
  }
}
