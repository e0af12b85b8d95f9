package org.minivql.syntax.antlr;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Token types in words. */
final class Expected {
  private static final int[] EXPRESSION = {
    VqlLexer.IDENT,
    VqlLexer.NEGATED_IDENT,
    VqlLexer.LPAREN,
    VqlLexer.RAW_STRING,
    VqlLexer.STRING,
    VqlLexer.NUMBER,
    VqlLexer.BOOL,
    VqlLexer.NULL
  };
  private static final int[] COMPARISON = {
    VqlLexer.EQ,
    VqlLexer.NE,
    VqlLexer.LTGT,
    VqlLexer.LT,
    VqlLexer.LE,
    VqlLexer.GT,
    VqlLexer.GE,
    VqlLexer.MATCH,
    VqlLexer.IN
  };
  private static final int[] OTHER_OPERATORS = {
    VqlLexer.PLUS,
    VqlLexer.MINUS,
    VqlLexer.STAR,
    VqlLexer.SLASH,
    VqlLexer.AND,
    VqlLexer.AMPS,
    VqlLexer.OR,
    VqlLexer.BARS
  };

  private Expected() {}

  /** The words for a set, the general ones first. */
  static List<String> words(IntervalSet types) {
    IntervalSet rest = new IntervalSet(types);
    List<String> words = new ArrayList<>();
    if (removeAll(rest, EXPRESSION)) {
      rest.remove(VqlLexer.NOT);
      words.add("an expression");
    }
    if (removeAll(rest, COMPARISON)) {
      for (int type : OTHER_OPERATORS) {
        rest.remove(type);
      }
      words.add("an operator");
    }
    for (int type : rest.toArray()) {
      String word = word(type);
      if (!words.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private static boolean removeAll(IntervalSet set, int[] types) {
    for (int type : types) {
      if (!set.contains(type)) {
        return false;
      }
    }
    for (int type : types) {
      set.remove(type);
    }
    return true;
  }

  private static String word(int type) {
    return switch (type) {
      case Token.EOF -> "the end of the text";
      case VqlLexer.IDENT -> "a name";
      case VqlLexer.NEGATED_IDENT -> "a name with a minus";
      case VqlLexer.NUMBER -> "a number";
      case VqlLexer.STRING, VqlLexer.RAW_STRING -> "a string";
      case VqlLexer.BOOL -> "TRUE or FALSE";
      case VqlLexer.CALL -> "'('";
      case VqlLexer.BARS -> "'||'";
      default -> name(VqlParser.VOCABULARY, type);
    };
  }

  private static String name(Vocabulary vocabulary, int type) {
    String literal = vocabulary.getLiteralName(type);
    return literal != null && !Character.isLetter(literal.charAt(1))
        ? literal
        : vocabulary.getSymbolicName(type).replace('_', ' ');
  }
}
