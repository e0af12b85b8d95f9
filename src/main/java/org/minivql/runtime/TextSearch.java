package org.minivql.runtime;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import org.minivql.value.Bytes;
import org.minivql.value.Patterns;
import org.minivql.value.Scope;
import org.minivql.value.regex.Regexes;

/** A case-insensitive search for a pattern, with a short way for plain words in plain text. */
public final class TextSearch implements Patterns.Search {
  private static final char ANY = Character.MAX_VALUE;

  private static final int MOST = 100;

  private final String text;
  private final char[] word;

  /** Null until it is needed. */
  private volatile Pattern pattern;

  private TextSearch(String text, char[] word) {
    this.text = text;
    this.word = word;
  }

  /**
   * Compiles the right side of {@code =~}.
   *
   * @throws com.google.re2j.PatternSyntaxException when it is not RE2 syntax
   */
  public static TextSearch compile(String pattern) {
    Regexes.requireText(pattern);
    TextSearch search = new TextSearch(pattern, word(pattern));
    if (search.word == null || pattern.length() > MOST) {
      search.pattern();
    }
    return search;
  }

  /** A word is one in RE2 syntax too, and mostly looked for in plain text, where it is enough. */
  private Pattern pattern() {
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = pattern("(?i)" + text);
      pattern = compiled;
    }
    return compiled;
  }

  /** Groups may share a name: a search has no use for the names. */
  private static Pattern pattern(String text) {
    try {
      return Regexes.compile(text);
    } catch (PatternSyntaxException e) {
      if (!e.getMessage().contains("duplicate capture group name")) {
        throw e;
      }
      return Regexes.compile(withoutGroupNames(text));
    }
  }

  private static String withoutGroupNames(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        out.append(c).append(text.charAt(++i));
      } else if (text.startsWith("(?P<", i)) {
        out.append('(');
        i = text.indexOf('>', i);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The pattern as characters one after the other, or null where it is more than that. */
  private static char[] word(String pattern) {
    char[] word = new char[pattern.length()];
    int length = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean escaped = c == '\\' && i + 1 < pattern.length() && isSign(pattern.charAt(i + 1));
      if (escaped) {
        word[length++] = pattern.charAt(++i);
      } else if (c == '.') {
        word[length++] = ANY;
      } else if (c >= 0x80 || "\\+*?()|[]{}^$".indexOf(c) >= 0) {
        return null;
      } else {
        word[length++] = lower(c);
      }
    }
    return length == 0 ? null : Arrays.copyOf(word, length);
  }

  private static boolean isSign(char c) {
    return "\\.+*?()|[]{}^$-/".indexOf(c) >= 0;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  @Override
  public boolean find(Scope scope, String text) {
    if (word != null) {
      int found = findWord(text);
      if (found >= 0) {
        return found == 1;
      }
    }
    return pattern().matcher(scope.watched(Bytes.printable(text))).find();
  }

  /** 1 found, 0 not found, -1 unknown: outside ASCII folding knows more pairs than these. */
  private int findWord(String text) {
    int last = text.length() - word.length;
    char first = word[0];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return -1;
      }
      if (i <= last && (lower(c) == first || first == ANY) && matchesAt(text, i)) {
        return 1;
      }
    }
    return 0;
  }

  /**
   * What is not ASCII matches nothing here: the scan will come to it and leave it to the pattern.
   */
  private boolean matchesAt(String text, int at) {
    for (int i = 0; i < word.length; i++) {
      char c = lower(text.charAt(at + i));
      boolean same = word[i] == ANY ? c != '\n' && c < 0x80 : c == word[i];
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
