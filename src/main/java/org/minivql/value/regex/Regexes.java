package org.minivql.value.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.minivql.value.Bytes;

/**
 * Compiles regular expressions of programs and data. The library expands counted repetitions and
 * recurses into groups, so a short expression could fill the heap; those are refused as Go does.
 *
 * @since 0.1.0
 */
public final class Regexes {
  private static final int MOST_REPEATS = 1000;
  private static final int DEEPEST = 1000;
  private static final long LARGEST = 2_000_000;

  /** Flags that make case not count, anywhere in an expression. */
  private static final Pattern FOLDING = Pattern.compile("\\(\\?[a-zA-Z]*i");

  private final String text;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private int at;

  private Regexes(String text) {
    this.text = text;
  }

  /** What stands between parentheses, as far as it was read. */
  private static final class Group {
    private long size;
    private long last;
    private long repeats = 1;
    private long lastRepeats = 1;

    void atom(long itsSize, long itsRepeats) {
      size += itsSize;
      last = itsSize;
      lastRepeats = itsRepeats;
      repeats = Math.max(repeats, itsRepeats);
    }

    void repeat(long times) {
      size += last * (times - 1);
      last *= times;
      lastRepeats *= times;
      repeats = Math.max(repeats, lastRepeats);
    }
  }

  /**
   * Compiles an expression.
   *
   * @throws PatternSyntaxException where it is none, or too large
   */
  public static Pattern compile(String regex) {
    return compile(regex, 0);
  }

  /**
   * Compiles an expression with the library's flags.
   *
   * @throws PatternSyntaxException where it is none, or too large
   */
  public static Pattern compile(String regex, int flags) {
    if (regex.indexOf('{') >= 0 || regex.length() > DEEPEST) {
      new Regexes(regex).check();
    }
    boolean folds = (flags & Pattern.CASE_INSENSITIVE) != 0 || FOLDING.matcher(regex).find();
    try {
      return Pattern.compile(folds ? UnclosedFolds.avoid(regex) : regex, flags);
    } catch (PatternSyntaxException e) {
      // The library takes a parenthesis that closes nothing for a mistake of its own.
      throw e.getMessage().contains("stack underflow")
          ? new PatternSyntaxException("unexpected )", regex)
          : e;
    }
  }

  /**
   * Refuses a pattern of a program that has bytes which are no text: the library would take them
   * for a character.
   *
   * @throws PatternSyntaxException where there is such a byte
   */
  public static void requireText(String regex) {
    String text = Bytes.printable(regex);
    if (!text.equals(regex)) {
      int bad = Arrays.mismatch(text.toCharArray(), regex.toCharArray());
      throw new PatternSyntaxException("invalid UTF-8", text.substring(bad));
    }
  }

  private void check() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> {
          open.push(group);
          group = new Group();
          at++;
          if (open.size() > DEEPEST) {
            throw new PatternSyntaxException("expression nests too deeply", "");
          }
        }
        case ')' -> {
          Group inner = group;
          group = open.isEmpty() ? new Group() : open.pop();
          group.atom(inner.size + 2, inner.repeats);
          at++;
        }
        case '{' -> repetition();
        case '*', '+', '?' -> {
          group.size++;
          group.last++;
          at++;
        }
        default -> {
          group.atom(1, 1);
          at++;
        }
      }
      if (group.size > LARGEST) {
        throw new PatternSyntaxException("expression too large", "");
      }
    }
  }

  private void escape() {
    if (text.startsWith("\\Q", at)) {
      int end = text.indexOf("\\E", at);
      int to = end < 0 ? text.length() : end;
      group.atom(to - at, 1);
      at = end < 0 ? to : end + 2;
      return;
    }
    group.atom(1, 1);
    boolean named = text.startsWith("\\p{", at) || text.startsWith("\\P{", at);
    int close = named || text.startsWith("\\x{", at) ? text.indexOf('}', at) : -1;
    at = close < 0 ? at + 2 : close + 1;
  }

  private void set() {
    group.atom(1, 1);
    int i = at + 1;
    i += i < text.length() && text.charAt(i) == '^' ? 1 : 0;
    i += i < text.length() && text.charAt(i) == ']' ? 1 : 0;
    while (i < text.length() && text.charAt(i) != ']') {
      int posix = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
      i = posix >= 0 ? posix + 2 : i + (text.charAt(i) == '\\' ? 2 : 1);
    }
    at = i + 1;
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; other braces stand for themselves. */
  private void repetition() {
    int close = text.indexOf('}', at);
    String inside = close < 0 ? "" : text.substring(at + 1, close);
    if (!inside.matches("\\d{1,4}(,\\d{0,4})?")) {
      group.atom(1, 1);
      at++;
      return;
    }
    int comma = inside.indexOf(',');
    String most = inside.substring(comma + 1).isEmpty() ? inside.substring(0, comma) : inside;
    long times = Long.parseLong(most.substring(most.indexOf(',') + 1));
    group.repeat(Math.max(1, times));
    if (group.lastRepeats > MOST_REPEATS) {
      throw new PatternSyntaxException("invalid repeat count", text.substring(at, close + 1));
    }
    at = close + 1;
  }
}
