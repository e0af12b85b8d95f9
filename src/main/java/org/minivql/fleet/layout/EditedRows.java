package org.minivql.fleet.layout;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.function.LongSupplier;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * Reads the result sets of a server, in which single rows may have been edited: {@code @} and an
 * offset stand for a row whose new form is at that offset, in a line that begins with <code>@{
 * </code>. A row that became shorter is followed by spaces.
 */
public final class EditedRows {
  private static final int LONGEST_ROW = 64 << 20;

  private final JsonLines json;
  private final Damage damage;

  /**
   * A reader that leaves damaged rows out and notes them.
   *
   * @param json the reader of single lines
   */
  public EditedRows(JsonLines json, Damage damage) {
    this.json = json;
    this.damage = damage;
  }

  /** Takes a row with what was said of it elsewhere. */
  @FunctionalInterface
  public interface Stamped {
    /** Takes a row; false ends the reading. */
    boolean row(long stamp, Dict row);
  }

  /**
   * Reads the rows of a file.
   *
   * @param name what to call it in messages
   * @return false where the taker ended the reading
   */
  public boolean read(String name, Opening content, Sink out) {
    return read(name, content, () -> 0, (stamp, row) -> out.row(row));
  }

  /**
   * The same, with a number for each row.
   *
   * @param stamps is asked once for each row, be it damaged
   */
  public boolean read(String name, Opening content, LongSupplier stamps, Stamped out) {
    try (InputStream in = content.open()) {
      boolean more = true;
      int number = 0;
      String line = line(in);
      while (line != null && more) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("@{")) {
          long stamp = stamps.getAsLong();
          int at = number;
          Dict row =
              text.startsWith("@")
                  ? damage.guarded(name, () -> replaced(name, content, at, text))
                  : json.row(text, name, number);
          more = row == null || out.row(stamp, row);
        }
        line = line(in);
      }
      return more;
    } catch (IOException e) {
      throw FleetException.in(name, JsonLines.reason(e));
    }
  }

  /** A row that was edited: its line says where the new one is. */
  private Dict replaced(String name, Opening content, int line, String reference) {
    try (InputStream in = content.open()) {
      in.skipNBytes(Long.parseLong(reference.substring(1).strip()));
      String text = line(in);
      if (text == null) {
        throw new EOFException();
      }
      Object edit = Json.parse(text.strip().substring(1));
      byte[] data = Base64.getDecoder().decode(String.valueOf(((Dict) edit).get("Data")));
      return json.object(Bytes.decode(data), name, 0);
    } catch (IOException
        | FormatException
        | ClassCastException
        | IndexOutOfBoundsException
        | IllegalArgumentException e) {
      throw FleetException.at(
          name, line, 1, "the row that replaces this one is damaged", reference);
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
}
