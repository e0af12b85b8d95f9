package org.minivql.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.minivql.syntax.tree.Span;

/** The comments of a text, handed out once each, in order. */
final class Comments {
  private final String source;
  private final List<Span> spans;
  private final int[] tokens;
  private int next;

  Comments(String source, List<Span> spans) {
    this.source = source;
    this.spans = spans;
    this.tokens = spans.isEmpty() ? new int[0] : tokenStarts(source);
  }

  private static int[] tokenStarts(String source) {
    return Token.of(source).stream()
        .filter(token -> !token.kind().isComment())
        .mapToInt(Token::start)
        .toArray();
  }

  /** Which comment comes next. */
  int next() {
    return next;
  }

  /** Goes back to where {@link #next} gave this. */
  void rewind(int comment) {
    next = comment;
  }

  /** Whether a comment that was not handed out yet stands before an offset. */
  boolean pendingBefore(int offset) {
    return next < spans.size() && spans.get(next).start() < offset;
  }

  /** The next comment, without blanks at the ends of its lines. */
  String take() {
    Span span = spans.get(next++);
    String text = source.substring(span.start(), span.end());
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> lines.add(line.stripTrailing()));
    return String.join("\n", lines);
  }

  /** The offset of the token before an offset; the offset itself where nobody will ask. */
  int tokenBefore(int offset) {
    int found = Arrays.binarySearch(tokens, offset);
    int index = found >= 0 ? found - 1 : -found - 2;
    return index >= 0 ? tokens[index] : offset;
  }
}
