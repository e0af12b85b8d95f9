package org.minivql.fleet.expect;

import java.util.List;

/**
 * How a test ended.
 *
 * @param name the folder or file
 * @param failures what was not as expected, each a text of one or more lines; empty where it passed
 * @param updated whether expectations were rewritten
 * @param warnings what was left out, such as a file of expectations whose name is misspelt
 * @since 0.1.0
 */
public record TestResult(
    String name, List<String> failures, boolean updated, List<String> warnings) {
  /** Takes copies of the lists. */
  public TestResult {
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }

  /** Whether everything was as expected. */
  public boolean passed() {
    return failures.isEmpty();
  }
}
