package org.minivql.sigma.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** A field of a rule: where in an event its value is. */
public final class Field {
  private static final Pattern PATH =
      Pattern.compile("([A-Za-z_]\\w*)\\s*=>\\s*\\1((?:\\.[A-Za-z_]\\w*)+)");

  private final String name;
  private final int slot;
  private final Lambda lambda;
  private final String[] path;

  /**
   * @param slot its number among the fields of a rule set
   * @param lambda what it is mapped to; null where the name itself is a dotted path
   */
  Field(String name, int slot, Lambda lambda) {
    this.name = name;
    this.slot = slot;
    this.lambda = lambda;
    this.path = lambda == null ? split(name) : path(lambda.text());
  }

  /** A field without a name is the event itself. */
  private static String[] split(String name) {
    return name.isEmpty() ? new String[0] : name.split("\\.");
  }

  /** Most mappings only go down a path, which needs no evaluation. */
  private static String[] path(String text) {
    Matcher matcher = PATH.matcher(text.strip());
    return matcher.matches() ? matcher.group(2).substring(1).split("\\.") : null;
  }

  public String name() {
    return name;
  }

  int slot() {
    return slot;
  }

  public boolean mapped() {
    return lambda != null;
  }

  /** The value in an event; absent where the event has none. */
  Object of(Scope scope, Object event) {
    if (path == null) {
      return Values.reduce(lambda.call(scope, event));
    }
    Object value = event;
    for (String member : path) {
      value = member(scope, value, member);
      if (value == null || value == Absent.ABSENT) {
        return value;
      }
    }
    return value;
  }

  private static Object member(Scope scope, Object value, String name) {
    if (value instanceof Dict dict) {
      return Values.reduce(dict.member(name));
    }
    if (value instanceof Members members) {
      return Values.reduce(members.member(name));
    }
    return Values.reduce(scope.operators().get(scope, value, name));
  }
}
