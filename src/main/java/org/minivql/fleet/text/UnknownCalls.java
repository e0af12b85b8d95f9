package org.minivql.fleet.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in log lines the calls of functions and plugins that do not exist. */
public final class UnknownCalls {
  /** The quirk that they are. */
  public static final String QUIRK = "Q-33";

  private static final Pattern LINE =
      Pattern.compile("\\b(Plugin|Symbol) (\\S+) not found\\. Current Scope");

  private UnknownCalls() {}

  /** What to say of a line; null where it is about something else. */
  public static String warning(String line, QueryText text) {
    Matcher found = LINE.matcher(line);
    if (!found.find()) {
      return null;
    }
    String name = found.group(2);
    boolean plugin = found.group(1).equals("Plugin");
    if (!plugin && !text.calls(name)) {
      return null;
    }
    return "there is no "
        + (plugin ? "plugin " : "function ")
        + name
        + "(); an artifact that calls it can be saved, and fails when it runs";
  }
}
