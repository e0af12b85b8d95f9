package org.minivql.plan.node;

import java.util.TreeSet;
import org.minivql.runtime.Frame;
import org.minivql.value.Place;

/** The messages about names that mean nothing. */
public final class Unknown {
  private Unknown() {}

  public static void symbol(Frame frame, String name, Place at) {
    frame.log("ERROR:Symbol " + name + " not found. Current Scope is " + frame.describe(), at);
  }

  public static void symbolIn(Frame frame, String whole, String first, Place at) {
    frame.log(
        "ERROR:While resolving "
            + whole
            + " Symbol "
            + first
            + " not found. Current Scope is "
            + frame.describe(),
        at);
  }

  public static void notFunction(Frame frame, String name, Place at) {
    frame.log("ERROR:Symbol " + name + " is not a function but it is being called.", at);
  }

  public static void plugin(Frame frame, String name, Place at) {
    frame.log("ERROR:Plugin " + name + " not found. Current Scope is " + frame.describe(), at);
  }

  public static void pluginIn(Frame frame, String whole, String first, Place at) {
    frame.log(
        "ERROR:While resolving "
            + whole
            + " Plugin "
            + first
            + " not found. Current Scope is "
            + frame.describe(),
        at);
  }

  public static void notPlugin(Frame frame, String name, Place at) {
    frame.log("ERROR:Symbol " + name + " is not callable as a plugin", at);
  }

  /** The line that follows an unknown plugin: what may have been meant. */
  public static void hint(Frame frame, String name, Builtins builtins, Place at) {
    StringBuilder line = new StringBuilder("ERROR:Plugin ").append(name).append(" not found. ");
    TreeSet<String> similar = new TreeSet<>();
    for (String part : name.split("_", -1)) {
      for (String plugin : builtins.pluginNames()) {
        if (!part.isEmpty() && plugin.contains(part)) {
          similar.add(plugin);
        }
      }
    }
    if (!similar.isEmpty()) {
      line.append("Did you mean ").append(String.join(" ", similar)).append("? ");
    }
    if (builtins.function(name) != null) {
      line.append("There is a VQL function called \"")
          .append(name)
          .append("\" - did you mean to call this function instead?");
    }
    frame.log(line.toString(), at);
  }
}
