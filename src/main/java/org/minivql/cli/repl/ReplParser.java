package org.minivql.cli.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a statement is complete and which word the cursor is in. */
final class ReplParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !Completeness.isComplete(line)) {
      throw new EOFError(-1, -1, "more to come");
    }
    int file = FileNames.wordStart(line, cursor);
    int start = file < 0 ? Suggestions.wordStart(line, cursor) : file;
    return new Word(line, cursor, line.substring(start, cursor));
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  /** The line with the word before the cursor; nothing is escaped in it. */
  private record Word(String line, int cursor, String word) implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}
