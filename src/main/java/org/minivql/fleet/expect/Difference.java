package org.minivql.fleet.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** What is different between two lists of rows, as lines that begin with - or +. */
final class Difference {
  private static final int MAX_SHOWN = 60;
  private static final int MAX_COMPARED = 2000;

  private final List<Dict> expected;
  private final List<Dict> actual;
  private final BiPredicate<Dict, Dict> same;

  private Difference(List<Dict> expected, List<Dict> actual, BiPredicate<Dict, Dict> same) {
    this.expected = expected;
    this.actual = actual;
    this.same = same;
  }

  /** The lines; empty where the lists are the same. */
  static List<String> of(List<Dict> expected, List<Dict> actual, BiPredicate<Dict, Dict> same) {
    return new Difference(expected, actual, same).lines();
  }

  private List<String> lines() {
    int start = 0;
    int shorter = Math.min(expected.size(), actual.size());
    while (start < shorter && same.test(expected.get(start), actual.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && same.test(
            expected.get(expected.size() - 1 - end), actual.get(actual.size() - 1 - end))) {
      end++;
    }
    List<String> lines = new ArrayList<>();
    middle(start, expected.size() - end, actual.size() - end, lines);
    if (lines.size() > MAX_SHOWN) {
      int more = lines.size() - MAX_SHOWN;
      lines = new ArrayList<>(lines.subList(0, MAX_SHOWN));
      lines.add("… and " + more + " more");
    }
    return lines;
  }

  private void middle(int start, int expectedEnd, int actualEnd, List<String> lines) {
    int n = expectedEnd - start;
    int m = actualEnd - start;
    if (n > MAX_COMPARED || m > MAX_COMPARED) {
      expected.subList(start, expectedEnd).forEach(row -> lines.add("- " + Json.text(row)));
      actual.subList(start, actualEnd).forEach(row -> lines.add("+ " + Json.text(row)));
      return;
    }
    int[][] common = common(start, n, m);
    int i = 0;
    int j = 0;
    while (i < n || j < m) {
      if (i < n && j < m && same.test(expected.get(start + i), actual.get(start + j))) {
        i++;
        j++;
      } else if (j >= m || i < n && common[i + 1][j] >= common[i][j + 1]) {
        lines.add("- " + Json.text(expected.get(start + i++)));
      } else {
        lines.add("+ " + Json.text(actual.get(start + j++)));
      }
    }
  }

  /** The length of the longest common part of the rests. */
  private int[][] common(int start, int n, int m) {
    int[][] common = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        common[i][j] =
            same.test(expected.get(start + i), actual.get(start + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
