package org.minivql.sigma.reader;

import java.util.List;
import org.minivql.value.Lambda;

/** What rules need from where they run. */
public interface Host {
  /** Compiles a lambda; fails with an unchecked exception whose message says why. */
  Lambda lambda(String text);

  /** The values that a name stands for in the modifier {@code expand}; empty for an unknown one. */
  List<String> placeholder(String name);

  /** Takes a line for the log, with its level in front. */
  void log(String line);

  /** Takes a problem with a rule, which was left out. */
  void problem(String message);

  /**
   * Takes a warning about a rule that works otherwise than its author may think.
   *
   * @param quirk the id of the deviation, or null
   * @param message names the rule and the place
   */
  void warn(String quirk, String message);
}
