package org.minivql.cli.repl;

import java.util.List;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxError;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.Token;

/** Decides whether a text can be run as it stands or whether more is to come. */
final class Completeness {
  private Completeness() {}

  /**
   * Whether the text can be run, be it with an error. A blank line at the end says that the author
   * thinks so.
   */
  static boolean isComplete(String text) {
    if (text.isBlank() || isCommand(text) || endsWithBlankLine(text)) {
      return true;
    }
    List<Token> tokens = Token.of(text);
    int depth = 0;
    int end = 0;
    for (Token token : tokens) {
      if (isComment(token.kind())) {
        continue;
      }
      if (token.kind() == Token.Kind.OPERATOR && text.startsWith("/*", token.start())) {
        // A comment that is not closed reads as two operators.
        return false;
      }
      end = token.end();
      depth += depth(token.text(text));
    }
    if (depth > 0 || isOpen(tokens, text)) {
      return false;
    }
    try {
      Parser.parse(text);
      return true;
    } catch (SyntaxException e) {
      List<SyntaxError> errors = e.errors();
      return errors.get(errors.size() - 1).offset() < end;
    }
  }

  /** Whether the text is a command of the shell and no VQL. */
  static boolean isCommand(String text) {
    return text.stripLeading().startsWith(".");
  }

  private static boolean endsWithBlankLine(String text) {
    int end = text.length();
    int breaks = 0;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
      breaks += text.charAt(end) == '\n' ? 1 : 0;
    }
    return breaks > 1;
  }

  private static boolean isComment(Token.Kind kind) {
    return kind == Token.Kind.BLOCK_COMMENT
        || kind == Token.Kind.DASH_COMMENT
        || kind == Token.Kind.SLASH_COMMENT;
  }

  private static int depth(String token) {
    return switch (token) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }

  /** Whether a string or quoted name at the end is not closed yet. */
  private static boolean isOpen(List<Token> tokens, String text) {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    if (last.kind() != Token.Kind.INVALID || last.end() < text.length()) {
      return false;
    }
    String rest = last.text(text);
    return rest.startsWith("\"") || rest.startsWith("'") || rest.startsWith("`");
  }
}
