package org.minivql.fleet.layout;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** Reads files of one JSON object a line, one line at a time. */
public final class JsonLines {
  private static final int SHAPES = 4096;

  // Rows of different files mostly have the same columns: sharing shapes keeps queries quick.
  private final Map<List<String>, Shape> shapes = new ConcurrentHashMap<>();

  private final Damage tolerated;

  /** A reader that ends at the first line that is damaged. */
  public JsonLines() {
    this(null);
  }

  /** A reader that leaves damaged lines out and notes them. */
  public JsonLines(Damage tolerated) {
    this.tolerated = tolerated;
  }

  /** Takes the objects with their lines. */
  @FunctionalInterface
  public interface Lines {
    /** Takes the object of one line; false ends the reading. */
    boolean line(Dict row, int line);
  }

  /**
   * Reads a file.
   *
   * @return false when the taker ended the reading
   * @throws FleetException at the first line that is not an object
   */
  public boolean read(Path file, Lines out) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, file.toString(), out);
    } catch (IOException e) {
      throw FleetException.in(file.toString(), reason(e));
    }
  }

  /** Like {@link #read(Path, Lines)}, from a stream that is known by a name. */
  public boolean read(InputStream in, String name, Lines out) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    int line = 0;
    int b = in.read();
    while (b >= 0) {
      buffer.reset();
      while (b >= 0 && b != '\n') {
        buffer.write(b);
        b = in.read();
      }
      b = b < 0 ? b : in.read();
      line++;
      String text = Bytes.decode(buffer.toByteArray());
      Dict row = text.isBlank() ? null : row(text, name, line);
      if (row != null && !out.line(row, line)) {
        return false;
      }
    }
    return true;
  }

  /** The object of one line; null where it is damaged and that is tolerated. */
  public Dict row(String text, String name, int line) {
    if (tolerated == null) {
      return object(text, name, line);
    }
    try {
      return object(text, name, line);
    } catch (FleetException e) {
      tolerated.note(e.getMessage());
      return null;
    }
  }

  /** The object that a text is. */
  public Dict object(String text, String name, int line) {
    try {
      if (Json.parse(text) instanceof Dict dict) {
        return shared(dict);
      }
      throw FleetException.at(name, line, 1, "not a JSON object", text.strip());
    } catch (FormatException e) {
      throw FleetException.at(name, line, column(e, text), "not JSON: " + e.getMessage(), text);
    }
  }

  // The reader stops behind the character that does not fit, or at the end.
  private static int column(FormatException e, String text) {
    boolean end = e.offset() >= text.length() && e.getMessage().startsWith("unexpected end");
    return end ? text.length() + 1 : (int) Math.max(1, Math.min(e.offset(), text.length()));
  }

  /** The object in a file of its own. */
  public Dict file(Path file) {
    String text;
    try {
      text = Bytes.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw FleetException.in(file.toString(), reason(e));
    }
    try {
      if (Json.parse(text) instanceof Dict dict) {
        return shared(dict);
      }
      throw FleetException.in(file.toString(), "not a JSON object");
    } catch (FormatException e) {
      throw at(file, text, e);
    }
  }

  private static FleetException at(Path file, String text, FormatException e) {
    int offset = column(e, text) - 1;
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset);
    int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    return FleetException.at(
        file.toString(),
        line,
        offset - start + 1,
        "not JSON: " + e.getMessage(),
        text.substring(start, end < 0 ? text.length() : end));
  }

  private Dict shared(Dict dict) {
    if (shapes.size() > SHAPES) {
      return dict;
    }
    Shape shape = shapes.computeIfAbsent(dict.shape().names(), names -> dict.shape());
    if (shape == dict.shape()) {
      return dict;
    }
    Object[] cells = new Object[dict.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = dict.cell(i);
    }
    return Dict.over(shape, cells);
  }

  /** Why something could not be read, for after the name of its file. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "cannot be read: permission denied";
    }
    boolean told = e instanceof FileSystemException file && file.getReason() != null;
    return "cannot be read: " + (told ? ((FileSystemException) e).getReason() : e.getMessage());
  }
}
