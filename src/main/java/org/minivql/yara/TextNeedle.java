package org.minivql.yara;

import java.util.List;

/**
 * A run of bytes.
 *
 * @param text the bytes
 * @param nocase whether the case of ASCII letters does not count
 * @param fullword whether no letter or digit may stand before and after
 * @param wide whether each byte is followed by a zero, which is part of the text already
 */
record TextNeedle(String text, boolean nocase, boolean fullword, boolean wide) implements Needle {
  @Override
  public void find(Scan scan, List<Hit> hits) {
    String data = nocase ? scan.folded() : scan.data();
    String wanted = nocase ? Scan.fold(text) : text;
    int at = data.indexOf(wanted);
    while (at >= 0 && hits.size() < MOST) {
      if (!fullword || stands(scan.data(), at)) {
        hits.add(new Hit(at, text.length()));
      }
      at = data.indexOf(wanted, at + 1);
    }
  }

  private boolean stands(String data, int at) {
    int end = at + text.length();
    if (!wide) {
      return !isWord(data, at - 1) && !isWord(data, end);
    }
    return !(isWord(data, at - 2) && zero(data, at - 1))
        && !(isWord(data, end) && zero(data, end + 1));
  }

  private static boolean zero(String data, int at) {
    return at >= 0 && at < data.length() && data.charAt(at) == 0;
  }

  private static boolean isWord(String data, int at) {
    if (at < 0 || at >= data.length()) {
      return false;
    }
    char c = data.charAt(at);
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
