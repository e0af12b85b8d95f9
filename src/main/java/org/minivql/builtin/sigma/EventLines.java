package org.minivql.builtin.sigma;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/**
 * Events as lines of JSON. A line that is none is reported and the next one read. All lines are one
 * stream for the JSON reader, which is quicker than a reader for each and lets an event be several
 * lines.
 */
final class EventLines {
  private static final Object NONE = new Object();

  private final LineFeed feed;
  private JsonReader reader;
  private long linesBefore;

  /** Takes a line that is no event. */
  @FunctionalInterface
  interface Problems {
    void badLine(long line, String message);
  }

  EventLines(InputStream in) {
    this.feed = new LineFeed(in);
    this.reader = Json.strictReader(feed, feed);
  }

  /**
   * The next event.
   *
   * @return null at the end
   */
  Dict next(Problems problems) throws IOException {
    while (true) {
      Object value = value(problems);
      if (value == JsonReader.END) {
        return null;
      }
      if (value instanceof Dict dict) {
        return dict;
      }
      if (value != NONE) {
        problems.badLine(linesBefore + reader.tokenPlace().line(), "not an object");
      }
    }
  }

  private Object value(Problems problems) throws IOException {
    JsonReader.Place before = reader.place();
    feed.taken(before.offset());
    try {
      return reader.next();
    } catch (FormatException e) {
      LineFeed.Line failed = feed.skipLine();
      linesBefore += before.line() + failed.blankBefore();
      reader = reader.again(feed);
      return single(failed.text(), e, problems);
    }
  }

  /** A line on which reading failed may be JSON but for some bytes that are not UTF-8. */
  private Object single(String line, FormatException problem, Problems problems) {
    try {
      if (!Bytes.isAscii(line)) {
        return Json.parse(line);
      }
      problems.badLine(linesBefore, problem.getMessage());
    } catch (FormatException e) {
      problems.badLine(linesBefore, e.getMessage());
    }
    return NONE;
  }
}
