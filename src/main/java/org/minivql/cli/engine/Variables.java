package org.minivql.cli.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.format.FormatException;
import org.minivql.format.Json;

/** The variables that a command line gives to a program. */
public final class Variables {
  private Variables() {}

  /** The variables of {@code --env} as strings and of {@code --arg-json} as values. */
  public static Map<String, Object> of(Invocation call) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.putAll(texts(call, "env"));
    for (String pair : call.values("arg-json")) {
      variables.put(name("arg-json", pair), json(pair));
    }
    return variables;
  }

  /** The values of an option that takes names and values. */
  public static Map<String, String> texts(Invocation call, String option) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String pair : call.values(option)) {
      texts.put(name(option, pair), value(pair));
    }
    return texts;
  }

  private static String name(String option, String pair) {
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      throw CommandException.cannotStart("--" + option + " takes NAME=VALUE, not '" + pair + "'");
    }
    return pair.substring(0, equals);
  }

  private static String value(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }

  private static Object json(String pair) {
    try {
      return Json.parse(value(pair));
    } catch (FormatException e) {
      throw CommandException.cannotStart(
          "--arg-json " + name("arg-json", pair) + " is no JSON: " + e.getMessage(), e);
    }
  }
}
