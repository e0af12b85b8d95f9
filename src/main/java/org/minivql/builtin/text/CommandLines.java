package org.minivql.builtin.text;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;

/** Command lines cut into words. */
final class CommandLines {
  private CommandLines() {}

  @VqlFunction(
      name = "commandline_split",
      doc = "The words of a command line by the rules of Windows, or by those of a POSIX shell.",
      onError = ErrorValue.EMPTY_LIST,
      examples = {
        "commandline_split(command='\"C:/My Tools/a.exe\" /x \"b c\" d\\\\\"e')"
            + " => [\"C:/My Tools/a.exe\",\"/x\",\"b c\",\"d\\\"e\"]",
        "commandline_split(command=\"cp 'a b' c\\\\ d # why\", bash_style=TRUE)"
            + " => [\"cp\",\"a b\",\"c d\"]",
        "commandline_split(command='') => null"
      })
  static Object commandlineSplit(
      @Arg(value = "The command line.", required = true) String command,
      @Arg(value = "Use the rules of a shell.", name = "bash_style") boolean bashStyle) {
    if (bashStyle) {
      return new Shell(command).words();
    }
    List<Object> words = new Windows(command).words();
    return words.isEmpty() ? null : words;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Backslashes count only before a quote; a doubled quote ends the quoted part. */
  private static final class Windows {
    private final String text;
    private int at;

    Windows(String text) {
      this.text = text;
    }

    List<Object> words() {
      List<Object> words = new ArrayList<>();
      while (true) {
        while (at < text.length() && isBlank(text.charAt(at))) {
          at++;
        }
        if (at == text.length()) {
          return words;
        }
        words.add(word());
      }
    }

    private String word() {
      StringBuilder word = new StringBuilder();
      boolean quoted = false;
      while (at < text.length() && (quoted || !isBlank(text.charAt(at)))) {
        char c = text.charAt(at++);
        if (c == '\\') {
          backslashes(word);
        } else if (c != '"') {
          word.append(c);
        } else if (quoted && at < text.length() && text.charAt(at) == '"') {
          word.append('"');
          at++;
          quoted = false;
        } else {
          quoted = !quoted;
        }
      }
      return word.toString();
    }

    private void backslashes(StringBuilder word) {
      int count = 1;
      while (at < text.length() && text.charAt(at) == '\\') {
        count++;
        at++;
      }
      boolean beforeQuote = at < text.length() && text.charAt(at) == '"';
      word.append("\\".repeat(beforeQuote ? count / 2 : count));
      if (beforeQuote && count % 2 == 1) {
        word.append('"');
        at++;
      }
    }
  }

  /** Single and double quotes, backslashes, comments. */
  private static final class Shell {
    private final String text;
    private final List<Object> words = new ArrayList<>();
    private StringBuilder word;
    private int at;

    Shell(String text) {
      this.text = text;
    }

    List<Object> words() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (Character.isWhitespace(c)) {
          end();
        } else if (c == '#' && word == null) {
          int line = text.indexOf('\n', at);
          at = line < 0 ? text.length() : line;
        } else {
          part(c);
        }
      }
      end();
      return words;
    }

    private void end() {
      if (word != null) {
        words.add(word.toString());
        word = null;
      }
    }

    private void part(char c) {
      if (word == null) {
        word = new StringBuilder();
      }
      if (c == '\'' || c == '"') {
        quoted(c);
      } else {
        word.append(c == '\\' ? escaped() : c);
      }
    }

    private void quoted(char quote) {
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == quote) {
          return;
        }
        word.append(c == '\\' && quote == '"' ? escaped() : c);
      }
      throw new ArgumentException("EOF found when expecting closing quote");
    }

    private char escaped() {
      if (at == text.length()) {
        throw new ArgumentException("EOF found after escape character");
      }
      return text.charAt(at++);
    }
  }
}
