package org.minivql.plan;

import java.util.Arrays;
import org.minivql.syntax.tree.Span;
import org.minivql.value.Place;

/** Says where the parts of one text stand. */
final class Places {
  /** Of trees whose text is not known. */
  static final Places NONE = new Places(null);

  private final String text;
  private final int[] lines;

  /**
   * Places in a text.
   *
   * @param text null where it is not known
   */
  Places(String text) {
    this.text = text;
    this.lines = text == null ? new int[0] : starts(text);
  }

  private static int[] starts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = at + 1;
    }
    return Arrays.copyOf(starts, count);
  }

  /** Where a part begins; null where the text is not known. */
  Place of(Span span) {
    if (text == null) {
      return null;
    }
    int found = Arrays.binarySearch(lines, span.start());
    int line = found >= 0 ? found : -found - 2;
    int column = text.codePointCount(lines[line], span.start());
    return new Place(text, line + 1, column + 1);
  }
}
