package org.minivql.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.minivql.syntax.Formatter;
import org.minivql.syntax.Parser;
import org.minivql.syntax.Printer;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.Token;

/** Checks formatted texts: against the expected one, and that nothing is lost in any. */
final class FormatChecks {
  private FormatChecks() {}

  static String reformat(Map<String, Object> testCase) {
    String query = (String) testCase.get("query");
    List<?> tags = (List<?>) testCase.get("tags");
    String formatted;
    try {
      formatted = Formatter.format(query);
    } catch (SyntaxException e) {
      return testCase.containsKey("error") ? null : "rejected: " + e.errors().get(0).text();
    }
    if (testCase.containsKey("error") && !tags.contains("comments-reject")) {
      return "formatted a text that has an error";
    }
    String problem = lost(query, formatted);
    if (problem != null || tags.contains("reformat-changes")) {
      return problem;
    }
    Object expected = testCase.get("reformatted");
    return expected == null
        ? null
        : SyntaxSets.differ("formatted", "\n" + expected, "\n" + formatted);
  }

  /** What got lost between a text and its formatted form; null if nothing did. */
  static String lost(String query, String formatted) {
    String problem = SyntaxSets.differ("program", canonical(query), canonical(formatted));
    if (problem == null) {
      problem = SyntaxSets.differ("comments", comments(query), comments(formatted));
    }
    if (problem == null) {
      problem =
          SyntaxSets.differ(
              "formatted again", "\n" + formatted, "\n" + Formatter.format(formatted));
    }
    return problem;
  }

  private static String canonical(String query) {
    try {
      return Parser.parse(query).statements().stream()
          .map(Printer::text)
          .collect(Collectors.joining("\n"));
    } catch (SyntaxException e) {
      return e.getMessage() + "\n" + query;
    }
  }

  private static List<String> comments(String query) {
    return Token.of(query).stream()
        .filter(token -> token.kind().isComment())
        .map(token -> token.text(query).replaceAll("[ \t\r\n]+", " ").strip())
        .toList();
  }
}
