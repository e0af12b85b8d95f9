package org.minivql.cli.command;

import java.util.ArrayList;
import java.util.List;

/** Writes the completion script for fish. */
public final class FishScript {
  private final StringBuilder out = new StringBuilder();

  private FishScript() {}

  public static String of(Command root) {
    FishScript script = new FishScript();
    script.add(root, new ArrayList<>());
    return script.out.toString();
  }

  private void add(Command command, List<String> path) {
    String condition = condition(command, path);
    for (String name : command.subcommands()) {
      Command below = command.subcommand(name);
      line(condition, "-f -a " + quote(name) + " -d " + quote(below.spec().summary()));
      path.add(name);
      add(below, path);
      path.remove(path.size() - 1);
    }
    for (Operand operand : command.spec().operands()) {
      if (!operand.choices().isEmpty()) {
        String choices = quote(String.join(" ", operand.choices()));
        line(condition, "-f -a " + choices + " -d " + quote(operand.doc()));
      }
    }
    for (Option option : command.spec().allOptions()) {
      StringBuilder text = new StringBuilder("-l ").append(option.name());
      if (option.letter() != 0) {
        text.append(" -s ").append(option.letter());
      }
      if (!option.isSwitch()) {
        text.append(" -r");
      }
      if (!option.choices().isEmpty()) {
        text.append(" -f -a ").append(quote(String.join(" ", option.choices())));
      }
      line(condition, text.append(" -d ").append(quote(option.doc())).toString());
    }
  }

  /** True where the words of the path were typed and none of the commands below yet. */
  private static String condition(Command command, List<String> path) {
    if (path.isEmpty()) {
      return "__fish_use_subcommand";
    }
    StringBuilder text = new StringBuilder();
    for (String word : path) {
      text.append(text.isEmpty() ? "" : "; and ")
          .append("__fish_seen_subcommand_from ")
          .append(word);
    }
    if (!command.subcommands().isEmpty()) {
      text.append("; and not __fish_seen_subcommand_from ")
          .append(String.join(" ", command.subcommands()));
    }
    return text.toString();
  }

  private void line(String condition, String rest) {
    out.append("complete -c vql -n ")
        .append(quote(condition))
        .append(' ')
        .append(rest)
        .append('\n');
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
