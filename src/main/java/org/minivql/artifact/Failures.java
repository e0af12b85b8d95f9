package org.minivql.artifact;

import java.util.regex.Pattern;

/**
 * Which lines of a log make a collection fail.
 *
 * @since 0.1.0
 */
public final class Failures {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?i)(Error:|Symbol.+?not found|Expecting a path arg type, not|Field.+?is required"
              + "|Unexpected arg)");

  private Failures() {}

  /** Whether a line, with the prefix of its level, says that something failed. */
  public static boolean says(String line) {
    return TEXT.matcher(line).find();
  }
}
