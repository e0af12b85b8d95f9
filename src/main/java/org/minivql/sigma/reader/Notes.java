package org.minivql.sigma.reader;

/** Where a rule is, for what is said about it. */
public final class Notes {
  private final Host host;
  private final String file;
  private final String title;

  public Notes(Host host, String file, String title) {
    this.host = host;
    this.file = file;
    this.title = title;
  }

  /** Warns of something at a place of the rule's text. */
  public void warn(String quirk, int line, int column, String message) {
    host.warn(
        quirk, file + ":" + line + ":" + column + ": " + message + " in rule '" + title + "'");
  }

  /** Says why the rule is left out. */
  public void problem(RuleException e) {
    host.problem(problem(file, e, title));
  }

  public static String problem(String file, RuleException e, String title) {
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
