package org.minivql.sigma;

/** Where a rule is, for what is said about it. */
final class Notes {
  private final Host host;
  private final String file;
  private final String title;

  Notes(Host host, String file, String title) {
    this.host = host;
    this.file = file;
    this.title = title;
  }

  /** Warns of something at a place of the rule's text. */
  void warn(String quirk, int line, int column, String message) {
    host.warn(
        quirk, file + ":" + line + ":" + column + ": " + message + " in rule '" + title + "'");
  }

  /** Says why the rule is left out. */
  void problem(RuleException e) {
    host.problem(problem(file, e, title));
  }

  static String problem(String file, RuleException e, String title) {
    return "Error parsing: "
        + file
        + ":"
        + e.place()
        + ": "
        + e.getMessage()
        + " in rule '"
        + title
        + "'";
  }
}
