package org.minivql.cli.repl;

import java.util.ArrayList;
import java.util.List;

/** The commands of the shell: what begins with a dot. */
final class ShellCommands {
  /**
   * One command.
   *
   * @param name its name with the dot
   * @param argument what follows it; empty for nothing
   * @param doc what it does
   */
  record Entry(String name, String argument, String doc) {}

  static final List<Entry> ALL =
      List.of(
          new Entry(".help", "", "Show these commands."),
          new Entry(".doc", "NAME", "Show what a function, plugin or artifact takes and gives."),
          new Entry(".env", "[NAME=VALUE]", "Set a variable, or show those that are set."),
          new Entry(".format", "[FORMAT]", "Show rows as table, json, jsonl or csv."),
          new Entry(".fleet", "[DIR]", "Run on a recorded fleet; without a folder, on none."),
          new Entry(".load", "FILE", "Run the VQL in a file."),
          new Entry(".save", "FILE", "Save the statements run so far."),
          new Entry(".time", "[on|off]", "Show how long statements take."),
          new Entry(".explain", "STATEMENT", "Run statements; show rows and time of each step."),
          new Entry(".quit", "", "Leave; Ctrl-D does too."));

  private static final List<String> FORMATS = List.of("table", "json", "jsonl", "csv");

  private final Vocabulary vocabulary;

  ShellCommands(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** What can complete a line that begins with a dot. */
  List<Suggestion> suggestions(String line) {
    String text = line.stripLeading();
    int blank = text.indexOf(' ');
    List<Suggestion> found = new ArrayList<>();
    if (blank < 0) {
      for (Entry entry : ALL) {
        add(found, entry.name(), text, "command", entry.doc());
      }
      return found;
    }
    String word = text.substring(text.lastIndexOf(' ') + 1);
    switch (text.substring(0, blank)) {
      case ".doc" -> {
        vocabulary.functions().forEach(name -> add(found, name, word, "function", ""));
        vocabulary.plugins().forEach(name -> add(found, name, word, "plugin", ""));
        vocabulary.artifacts().forEach(name -> add(found, name, word, "artifact", ""));
      }
      case ".format" -> FORMATS.forEach(name -> add(found, name, word, "format", ""));
      case ".time" -> List.of("on", "off").forEach(name -> add(found, name, word, "", ""));
      case ".explain" -> {
        String statement = text.substring(blank + 1);
        found.addAll(Suggestions.at(vocabulary, statement, statement.length()));
      }
      default -> {
        // The rest take names that only the author knows.
      }
    }
    return found;
  }

  /** The names of all commands. */
  static List<String> names() {
    return ALL.stream().map(Entry::name).toList();
  }

  static boolean isFormat(String name) {
    return FORMATS.contains(name);
  }

  private static void add(
      List<Suggestion> found, String name, String word, String group, String doc) {
    if (name.startsWith(word)) {
      found.add(new Suggestion(name, group, doc, true));
    }
  }
}
