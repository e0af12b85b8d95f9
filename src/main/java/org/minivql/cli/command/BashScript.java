package org.minivql.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Writes the completion script for bash, which zsh understands, too. */
public final class BashScript {
  private static final String BEFORE =
      """
      # Completion of the commands and options of vql for bash and zsh.
      if [ -n "$ZSH_VERSION" ]; then
        type compdef >/dev/null || { autoload -Uz compinit && compinit; }
        autoload -Uz bashcompinit && bashcompinit
      fi

      _vql() {
        local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]}
        local stem='' at='' words='' options='' i
        # bash gives --name=value as three words, zsh as one.
        if [[ $word == --*=* ]]; then
          option=${word%%=*} stem=$option= word=${word#*=}
        elif [[ $word == = ]]; then
          word=''
        elif [[ $option == = ]]; then
          option=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "$at ${COMP_WORDS[i]}" in
      """;
  private static final String AFTER =
      """
        [[ $word != -* ]] || words=$options
        COMPREPLY=($(compgen -W "$words" -- "$word"))
      }

      # Where nothing of vql fits, names of files do.
      complete -o default -F _vql vql
      """;

  private final StringJoiner paths = new StringJoiner(" | ");
  private final StringBuilder words = new StringBuilder();
  private final Map<String, StringJoiner> values = new LinkedHashMap<>();

  private BashScript() {}

  public static String of(Command root) {
    BashScript script = new BashScript();
    script.add(root, "");
    StringBuilder out = new StringBuilder(BEFORE);
    out.append("      ").append(script.paths).append(") at=\"$at ${COMP_WORDS[i]}\" ;;\n");
    out.append("    esac\n  done\n  case \"$at $option\" in\n");
    script.values.forEach(
        (list, places) ->
            out.append("    ")
                .append(places)
                .append(")\n      COMPREPLY=($(compgen -P \"$stem\" -W ")
                .append(quote(list))
                .append(" -- \"$word\"))\n      return\n      ;;\n"));
    out.append("  esac\n  case $at in\n").append(script.words).append("  esac\n");
    return out.append(AFTER).toString();
  }

  /**
   * Adds a command and those below it.
   *
   * @param path the words that lead to it, a blank before each
   */
  private void add(Command command, String path) {
    if (!path.isEmpty()) {
      paths.add(quote(path));
    }
    StringJoiner next = new StringJoiner(" ");
    command.subcommands().forEach(next::add);
    command.spec().operands().forEach(operand -> operand.choices().forEach(next::add));
    StringJoiner options = new StringJoiner(" ");
    for (Option option : command.spec().allOptions()) {
      option(option, path, "--" + option.name(), options);
      if (option.letter() != 0) {
        option(option, path, "-" + option.letter(), options);
      }
    }
    words.append("    ").append(quote(path)).append(") words=").append(quote(next.toString()));
    words.append(" options=").append(quote(options.toString())).append(" ;;\n");
    for (String name : command.subcommands()) {
      add(command.subcommand(name), path + " " + name);
    }
  }

  private void option(Option option, String path, String word, StringJoiner options) {
    options.add(word);
    if (!option.isSwitch()) {
      values
          .computeIfAbsent(String.join(" ", option.choices()), list -> new StringJoiner(" | "))
          .add(quote(path + " " + word));
    }
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
