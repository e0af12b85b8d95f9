package org.minivql.cli.repl;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Gives the line editor what can stand at the cursor. */
final class ReplCompleter implements Completer {
  private final Vocabulary vocabulary;
  private final ShellCommands commands;
  private final FileNames files;

  ReplCompleter(Vocabulary vocabulary, ShellCommands commands, FileNames files) {
    this.vocabulary = vocabulary;
    this.commands = commands;
    this.files = files;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    int order = 0;
    for (Suggestion suggestion : suggestions(line.line(), line.cursor())) {
      candidates.add(
          new Candidate(
              suggestion.text(),
              suggestion.text(),
              suggestion.group(),
              suggestion.doc().isEmpty() ? null : suggestion.doc(),
              null,
              null,
              suggestion.complete(),
              order++));
    }
  }

  private List<Suggestion> suggestions(String line, int cursor) {
    if (FileNames.wordStart(line, cursor) >= 0) {
      return files.at(line, cursor);
    }
    String before = line.substring(0, cursor);
    return Completeness.isCommand(before)
        ? commands.suggestions(before)
        : Suggestions.at(vocabulary, line, cursor);
  }
}
