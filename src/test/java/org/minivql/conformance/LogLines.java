package org.minivql.conformance;

import java.util.ArrayList;
import java.util.List;

/** Compares log lines as far as they are worth matching. */
final class LogLines {
  private LogLines() {}

  /** The lines that count, without the parts that need not agree. */
  static List<String> relevant(List<String> log) {
    List<String> lines = new ArrayList<>();
    for (String line : log) {
      if (!line.startsWith("DEBUG:") && !line.startsWith("TRACE:")) {
        lines.add(shorten(line));
      }
    }
    return lines;
  }

  private static String shorten(String line) {
    for (String cut : List.of("Current Scope is", "error parsing regexp:", "should be a")) {
      int at = line.indexOf(cut);
      if (at >= 0) {
        return line.substring(0, at + cut.length());
      }
    }
    return line;
  }

  /** How many of the expected lines are there; in this order where it counts. */
  static int found(List<String> expected, List<String> actual, boolean ordered) {
    List<String> wanted = relevant(expected);
    List<String> got = relevant(actual);
    int found = 0;
    for (String line : wanted) {
      int at = got.indexOf(line);
      if (at >= 0) {
        found++;
        got = ordered ? got.subList(at + 1, got.size()) : without(got, at);
      }
    }
    return found;
  }

  private static List<String> without(List<String> lines, int at) {
    List<String> rest = new ArrayList<>(lines);
    rest.remove(at);
    return rest;
  }
}
