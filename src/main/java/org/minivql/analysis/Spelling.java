package org.minivql.analysis;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody may have meant. */
public final class Spelling {
  private Spelling() {}

  /** The nearest candidate, or null where none is near. */
  public static String closest(String word, Collection<String> candidates) {
    String best = null;
    int least = Math.min(word.length(), Math.max(1, word.length() / 3) + 1);
    for (String candidate : candidates) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** The question whether the nearest candidate was meant, to end a message with; else empty. */
  public static String hint(String word, Collection<String> candidates) {
    String near = closest(word, candidates);
    return near == null ? "" : "; did you mean " + near + "?";
  }

  /** Insertions, deletions, replacements and swaps of neighbours between two words. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
