package org.minivql.builtin.sigma;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.format.Utf8Reader;
import org.minivql.value.Dict;

/**
 * Events as lines of JSON. A line that is none is reported and the next one read; all lines share
 * one JSON reader, so that their rows share shapes.
 */
final class EventLines {
  private final LineFeed feed;
  private JsonReader reader;

  /** Takes a line that is no event. */
  @FunctionalInterface
  interface Problems {
    void badLine(long line, String message);
  }

  EventLines(InputStream in) {
    this.feed = new LineFeed(new Utf8Reader(in));
    this.reader = Json.reader(feed);
  }

  /**
   * The next event.
   *
   * @return null at the end
   */
  Dict next(Problems problems) throws IOException {
    while (true) {
      feed.startValue();
      try {
        Object value = reader.next();
        if (value == JsonReader.END) {
          return null;
        }
        if (value instanceof Dict dict) {
          return dict;
        }
        problems.badLine(feed.line(), "not an object");
      } catch (FormatException e) {
        problems.badLine(feed.firstLine(), e.getMessage());
        feed.backToSecondLine();
        reader = Json.reader(feed);
      }
    }
  }

  /** Serves one line at a time, and the same lines again after a failure. */
  private static final class LineFeed extends Reader {
    private static final int BLOCK = 1 << 14;

    private final Reader in;
    private final char[] block = new char[BLOCK];
    private final Deque<String> again = new ArrayDeque<>();
    private final Deque<String> served = new ArrayDeque<>();
    private String current = "";
    private int at;
    private int blockAt;
    private int blockEnd;
    private long line;
    private long first;
    private boolean started;

    LineFeed(Reader in) {
      this.in = in;
    }

    /** A value begins: what follows is served again if it fails. */
    void startValue() {
      served.clear();
      started = false;
      first = line;
    }

    long line() {
      return line;
    }

    /** The line on which the value began. */
    long firstLine() {
      return first;
    }

    /** Serves everything after the line on which the value began once more. */
    void backToSecondLine() {
      boolean skipped = false;
      Deque<String> repeat = new ArrayDeque<>();
      for (String one : served) {
        if (skipped) {
          repeat.addLast(one);
        }
        skipped |= !one.isBlank();
      }
      line -= repeat.size();
      repeat.addAll(again);
      again.clear();
      again.addAll(repeat);
      current = "";
      at = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (at == current.length()) {
        String next = again.isEmpty() ? readLine() : again.removeFirst();
        if (next == null) {
          return -1;
        }
        line++;
        if (!started && !next.isBlank()) {
          started = true;
          first = line;
        }
        served.addLast(next);
        current = next;
        at = 0;
      }
      int count = Math.min(length, current.length() - at);
      current.getChars(at, at + count, buffer, offset);
      at += count;
      return count;
    }

    /** The next line with its end, or null. */
    private String readLine() throws IOException {
      StringBuilder longLine = null;
      while (true) {
        if (blockAt == blockEnd) {
          blockEnd = in.read(block, 0, BLOCK);
          blockAt = 0;
          if (blockEnd <= 0) {
            blockEnd = 0;
            return longLine == null ? null : longLine.toString();
          }
        }
        int end = blockAt;
        while (end < blockEnd && block[end] != '\n') {
          end++;
        }
        boolean whole = end < blockEnd;
        int stop = whole ? end + 1 : end;
        String piece = new String(block, blockAt, stop - blockAt);
        blockAt = stop;
        if (whole && longLine == null) {
          return piece;
        }
        longLine = longLine == null ? new StringBuilder() : longLine;
        longLine.append(piece);
        if (whole) {
          return longLine.toString();
        }
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
