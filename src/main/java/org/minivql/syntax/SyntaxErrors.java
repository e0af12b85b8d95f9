package org.minivql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.antlr.Fault;
import org.minivql.syntax.antlr.ProgramReader;

/** Words and places for faults. */
final class SyntaxErrors {
  private static final int LONGEST_FOUND = 32;
  private static final int LONGEST_INVALID = 16;
  private static final int SNIPPET_BEFORE = 70;
  private static final int SNIPPET_AFTER = 40;

  private final String source;
  private int line = 1;
  private int lineStart;
  private int scanned;

  private SyntaxErrors(String source) {
    this.source = source;
  }

  static List<SyntaxError> of(String source, List<Fault> faults) {
    SyntaxErrors words = new SyntaxErrors(source);
    List<SyntaxError> errors = new ArrayList<>();
    for (Fault fault : faults) {
      errors.add(words.error(fault));
    }
    return errors;
  }

  /** Faults come in the order of the text, so its lines are counted once. */
  private SyntaxError error(Fault fault) {
    int next = source.indexOf('\n', scanned);
    while (next >= 0 && next < fault.start()) {
      line++;
      lineStart = next + 1;
      scanned = next + 1;
      next = source.indexOf('\n', scanned);
    }
    int column = source.codePointCount(lineStart, fault.start()) + 1;
    String found = cut(fault.start(), fault.end(), LONGEST_FOUND);
    return new SyntaxError(
        message(fault, found),
        fault.start(),
        line,
        column,
        found,
        fault.expected(),
        snippet(fault));
  }

  private String message(Fault fault, String found) {
    return switch (fault.kind()) {
      case TOKEN -> token(fault, found);
      case CHARACTERS, UNTERMINATED ->
          "lexer: invalid input text \""
              + cut(fault.start(), source.length(), LONGEST_INVALID)
              + (fault.kind() == Fault.Kind.UNTERMINATED ? "\", the literal is not closed" : "\"");
      case DEPTH ->
          "nested too deeply: more than "
              + ProgramReader.MAX_DEPTH
              + " brackets and NOTs inside of each other";
      case SIZE ->
          "the text is too large: it has more than " + ProgramReader.MAX_TOKENS + " tokens";
      case VALUE -> fault.message();
      case MORE -> "too many errors, the rest of the text was not read";
    };
  }

  private static String token(Fault fault, String found) {
    if (fault.start() == fault.end()) {
      return "unexpected end of the text";
    }
    return "unexpected \"" + found + "\"" + hint(fault, found);
  }

  /** What is behind the two mistakes that everybody makes. */
  private static String hint(Fault fault, String found) {
    if (found.length() > 1 && found.charAt(0) == '-') {
      return " (a minus belongs to what it touches; to subtract, put blanks around it)";
    }
    boolean word = Character.isLetter(found.charAt(0)) && found.indexOf(' ') < 0;
    return word && fault.expected().contains("a name")
        ? " (a word of the language; as a name it needs backticks: `" + found + "`)"
        : "";
  }

  private String cut(int start, int end, int longest) {
    if (end - start <= longest) {
      return source.substring(start, end);
    }
    int cut = start + longest;
    if (Character.isHighSurrogate(source.charAt(cut - 1))) {
      cut--;
    }
    return source.substring(start, cut) + "...";
  }

  private String snippet(Fault fault) {
    int at = fault.start();
    int end = source.indexOf('\n', at);
    end = end < 0 ? source.length() : end;
    int from = Math.max(lineStart, at - SNIPPET_BEFORE);
    int to = Math.min(end, at + SNIPPET_AFTER);
    if (from > lineStart && Character.isLowSurrogate(source.charAt(from))) {
      from++;
    }
    if (to < end && Character.isHighSurrogate(source.charAt(to - 1))) {
      to--;
    }
    StringBuilder text = new StringBuilder();
    String lead = from > lineStart ? "..." : "";
    text.append(lead).append(source, from, to).append(to < end ? "..." : "");
    if (text.length() > 0 && text.charAt(text.length() - 1) == '\r') {
      text.setLength(text.length() - 1);
    }
    text.append('\n').append(" ".repeat(lead.length()));
    for (int i = from; i < at; i += Character.charCount(source.codePointAt(i))) {
      text.append(source.charAt(i) == '\t' ? '\t' : ' ');
    }
    return text.append('^').toString();
  }
}
