package org.minivql.fleet;

import java.util.regex.Matcher;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.Request;
import org.minivql.fleet.play.Trace;

/** Where the lines of a rule's query stand in its definition. */
final class RuleLines {
  private final String query;
  private final int offset;

  RuleLines(Request request) {
    this.query = request.queries().get(0).text();
    this.offset = offset(request.artifact(), query);
  }

  /** The lines of the definition before the query; -1 where the query is not found in it. */
  private static int offset(Artifact artifact, String query) {
    String first = query.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    int before = (int) query.lines().takeWhile(String::isBlank).count();
    String[] lines = artifact.raw().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!first.isEmpty() && lines[i].strip().endsWith(first)) {
        return i - before;
      }
    }
    return -1;
  }

  /** The place of a line of the query. */
  String place(int line) {
    return offset < 0 ? "line " + line + " of the query" : "line " + (line + offset);
  }

  /** The place of the first call of a function; empty where there is none. */
  String placeOf(String function) {
    Matcher call = java.util.regex.Pattern.compile("\\b" + function + "\\s*\\(").matcher(query);
    return call.find() ? place(Trace.line(query, call.start())) : "";
  }
}
