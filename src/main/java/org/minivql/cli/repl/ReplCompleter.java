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

  ReplCompleter(Vocabulary vocabulary, ShellCommands commands) {
    this.vocabulary = vocabulary;
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor());
    List<Suggestion> suggestions =
        Completeness.isCommand(before)
            ? commands.suggestions(before)
            : Suggestions.at(vocabulary, line.line(), line.cursor());
    int order = 0;
    for (Suggestion suggestion : suggestions) {
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
}
