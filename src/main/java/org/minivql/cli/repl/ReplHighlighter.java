package org.minivql.cli.repl;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.minivql.syntax.Token;

/** Colours VQL while it is typed. */
final class ReplHighlighter implements Highlighter {
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle KEYWORD = PLAIN.foreground(AttributedStyle.BLUE).bold();
  private static final AttributedStyle LITERAL = PLAIN.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.MAGENTA);
  private static final AttributedStyle CALL = PLAIN.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle COMMENT = PLAIN.faint();
  private static final AttributedStyle INVALID = PLAIN.foreground(AttributedStyle.RED);

  @Override
  public AttributedString highlight(LineReader reader, String text) {
    return colour(text);
  }

  static AttributedString colour(String text) {
    AttributedStringBuilder out = new AttributedStringBuilder();
    if (Completeness.isCommand(text)) {
      return out.styled(KEYWORD, text).toAttributedString();
    }
    int at = 0;
    for (Token token : Token.of(text)) {
      out.append(text, at, token.start());
      out.styled(style(token, text), token.text(text));
      at = token.end();
    }
    return out.append(text.substring(at)).toAttributedString();
  }

  private static AttributedStyle style(Token token, String text) {
    return switch (token.kind()) {
      case KEYWORD -> KEYWORD;
      case BOOL, NUMBER -> NUMBER;
      case STRING, RAW_STRING -> LITERAL;
      case BLOCK_COMMENT, DASH_COMMENT, SLASH_COMMENT -> COMMENT;
      case INVALID -> INVALID;
      case NAME -> text.startsWith("(", token.end()) ? CALL : PLAIN;
      default -> PLAIN;
    };
  }
}
