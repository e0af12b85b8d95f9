package org.minivql.yara;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * A pattern of bytes.
 *
 * @param pattern the pattern
 * @param fullword whether no letter or digit may stand before and after
 * @param wide whether it is looked for in text of which every other byte is zero
 */
record PatternNeedle(Pattern pattern, boolean fullword, boolean wide) implements Needle {
  @Override
  public void find(Scan scan, List<Hit> hits) {
    if (!wide) {
      find(scan, scan.data(), 0, 1, hits);
      return;
    }
    String data = scan.data();
    int from = 0;
    while (from + 1 < data.length()) {
      StringBuilder run = new StringBuilder();
      int at = from;
      while (at + 1 < data.length() && data.charAt(at) != 0 && data.charAt(at + 1) == 0) {
        run.append(data.charAt(at));
        at += 2;
      }
      if (!run.isEmpty()) {
        find(scan, run.toString(), from, 2, hits);
      }
      from = Math.max(at, from + 1);
    }
  }

  private void find(Scan scan, String text, int base, int step, List<Hit> hits) {
    Matcher matcher = pattern.matcher(scan.watched(text));
    int at = 0;
    while (at <= text.length() && hits.size() < MOST && matcher.find(at)) {
      int start = matcher.start();
      int length = matcher.end() - start;
      if (length > 0 && (!fullword || !touches(text, start, matcher.end()))) {
        hits.add(new Hit(base + start * step, length * step));
      }
      at = start + 1;
    }
  }

  private static boolean touches(String text, int start, int end) {
    return start > 0 && isWord(text.charAt(start - 1))
        || end < text.length() && isWord(text.charAt(end));
  }

  private static boolean isWord(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
