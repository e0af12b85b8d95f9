package org.minivql.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into records of fields as VQL's dialect of CSV does: white space before a field is
 * dropped, a stray quote is kept, a quote that is not closed reaches to the end. Libraries reject
 * such files.
 */
public final class CsvReader implements Closeable {
  private static final int LONGEST_FIELD = 64 << 20;

  private final Reader in;
  private final char separator;
  private final int comment;
  private final char[] block = new char[1 << 15];
  private int at;
  private int end;
  private final StringBuilder field = new StringBuilder();

  /** A reader; a comment character of -1 is none. */
  public CsvReader(Reader in, char separator, int comment) {
    this.in = in;
    this.separator = separator;
    this.comment = comment;
  }

  private int peek() throws IOException {
    if (at == end) {
      end = in.read(block, 0, block.length);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return block[at];
  }

  private int take() throws IOException {
    int c = peek();
    if (c >= 0) {
      at++;
    }
    // A carriage return counts only as part of a line end.
    if (c == '\r' && peek() == '\n') {
      at++;
      return '\n';
    }
    return c;
  }

  /** The next record, or null at the end; blank lines and comments are skipped. */
  public List<String> next() throws IOException {
    while (true) {
      int c = peek();
      if (c < 0) {
        return null;
      }
      if (c == comment) {
        skipLine();
        continue;
      }
      if (c == '\n' || c == '\r') {
        int taken = take();
        if (taken == '\n') {
          continue;
        }
        return record(taken);
      }
      return record(take());
    }
  }

  private void skipLine() throws IOException {
    int c = take();
    while (c >= 0 && c != '\n') {
      c = take();
    }
  }

  private List<String> record(int first) throws IOException {
    List<String> fields = new ArrayList<>();
    int c = first;
    while (true) {
      field.setLength(0);
      while (c != '\n' && c != separator && c >= 0 && Character.isWhitespace(c)) {
        c = take();
      }
      c = c == '"' ? quoted() : plain(c);
      fields.add(field.toString());
      if (c != separator) {
        return fields;
      }
      c = take();
    }
  }

  private int plain(int first) throws IOException {
    int c = first;
    while (c >= 0 && c != separator && c != '\n') {
      append(c);
      c = take();
    }
    return c;
  }

  private int quoted() throws IOException {
    int c = take();
    while (c >= 0) {
      if (c != '"') {
        append(c);
        c = take();
        continue;
      }
      c = take();
      if (c == separator || c == '\n' || c < 0) {
        return c;
      }
      append('"');
      if (c == '"') {
        c = take();
      }
    }
    return c;
  }

  private void append(int c) throws IOException {
    if (field.length() >= LONGEST_FIELD) {
      throw new IOException("field is longer than " + LONGEST_FIELD + " characters");
    }
    field.append((char) c);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
