package org.minivql.builtin.parse;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.minivql.format.Utf8Reader;
import org.minivql.value.Scope;

/** Cuts a stream into records at the matches of a pattern. */
final class RecordReader implements Closeable {
  private final Reader in;
  private final Scope scope;
  private final Pattern separator;
  private final int window;
  private final StringBuilder text = new StringBuilder();
  private final char[] block = new char[1 << 13];
  private boolean ended;

  RecordReader(Scope scope, InputStream in, Pattern separator, long window) {
    this.scope = scope;
    this.in = new Utf8Reader(in);
    this.separator = separator;
    this.window = (int) Math.max(1, Math.min(window, 64L << 20));
  }

  /** The next record without what separates it, or null at the end. */
  String next() throws IOException {
    while (true) {
      Matcher matcher = separator.matcher(scope.watched(text.toString()));
      if (matcher.find() && matcher.end() > 0 && matcher.start() <= window) {
        // A match that touches the end may go on in what was not read yet.
        if (matcher.end() < text.length() || ended) {
          String record = text.substring(0, matcher.start());
          text.delete(0, matcher.end());
          return record;
        }
      }
      if (text.length() >= window) {
        String record = text.substring(0, window);
        text.delete(0, window);
        return record;
      }
      if (ended) {
        return rest();
      }
      fill();
    }
  }

  private String rest() {
    if (text.isEmpty()) {
      return null;
    }
    String record = text.toString();
    text.setLength(0);
    return record;
  }

  private void fill() throws IOException {
    int n = in.read(block, 0, block.length);
    if (n < 0) {
      ended = true;
    } else {
      text.append(block, 0, n);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
