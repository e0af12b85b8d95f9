package org.minivql.value;

import com.google.re2j.Pattern;

/**
 * Regular expressions of one run, compiled once each. The syntax is RE2's and matching takes linear
 * time.
 */
public interface Patterns {
  /**
   * The pattern of the {@code =~} operator: case-insensitive, searched anywhere.
   *
   * @return null where it does not compile; that was logged once for this text
   */
  Pattern search(String pattern);

  /**
   * A pattern as written, case sensitive.
   *
   * @throws com.google.re2j.PatternSyntaxException when it does not compile
   */
  Pattern exact(String pattern);
}
