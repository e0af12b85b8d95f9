package org.minivql.value;

import com.google.re2j.Pattern;

/**
 * Regular expressions of one run, compiled once each. The syntax is RE2's and matching takes linear
 * time.
 *
 * @since 0.1.0
 */
public interface Patterns {
  /**
   * The pattern of the {@code =~} operator: case-insensitive, searched anywhere.
   *
   * @param scope where it is looked up, for the log
   * @return null where it does not compile; that was logged once for this text
   */
  Search search(Scope scope, String pattern);

  /**
   * A pattern as written, case sensitive.
   *
   * @throws com.google.re2j.PatternSyntaxException when it does not compile
   */
  Pattern exact(String pattern);

  /** A compiled search. */
  interface Search {
    /** Whether the pattern occurs in the text. Ends early when the run is cancelled. */
    boolean find(Scope scope, String text);
  }
}
