package org.minivql.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines in the making. Text is written in fragments, since the rules of line breaking look at the
 * last one; everything can be taken back, since layouts are chosen by trying them.
 */
final class Writer {
  /** What a line should not reach. */
  private static final int MAX_WIDTH = 80;

  private static final String LINE_END = "\n";

  private final List<String> fragments = new ArrayList<>();
  private int[] indents = new int[16];
  private int depth;
  private int position;
  private int lines;
  private int widest;
  private boolean breaking = true;
  private boolean spoiled;

  /** Whether lines may be broken now. */
  boolean breaking() {
    return breaking;
  }

  /** Allows or forbids breaking lines. */
  void setBreaking(boolean allowed) {
    breaking = allowed;
  }

  /** The current column, in bytes. */
  int position() {
    return position;
  }

  /** Forgets how wide the text became: a new statement begins. */
  void beginStatement() {
    depth = 0;
    indents[0] = 0;
    position = 0;
    widest = 0;
    spoiled = false;
    breaking = true;
  }

  void put(String fragment) {
    if (!fragment.isEmpty()) {
      fragments.add(fragment);
      position += bytes(fragment);
      widest = Math.max(widest, position);
    }
  }

  /** Indents what follows like the current position. */
  void mark() {
    push(position);
  }

  /** Indents what follows two columns more. */
  void deeper() {
    push(indents[depth] + 2);
  }

  /** Ends the innermost indentation. */
  void pop() {
    depth--;
  }

  private void push(int column) {
    depth++;
    if (depth == indents.length) {
      indents = Arrays.copyOf(indents, depth * 2);
    }
    indents[depth] = column;
  }

  /** A new line at the current indentation, or, where lines may not be broken, a blank. */
  void line() {
    if (!breaking) {
      separate();
      return;
    }
    if (!fragments.isEmpty() && isBlank(last()) && !last().equals(LINE_END)) {
      fragments.remove(fragments.size() - 1);
    }
    endLine();
    position = 0;
    put(" ".repeat(indents[depth]));
  }

  private void separate() {
    String last = last();
    boolean tight =
        last.endsWith(" ")
            || last.equals("(")
            || last.equals("{")
            || last.equals("=")
            || last.equals("[")
            || last.equals("=[");
    if (!tight) {
      put(" ");
    }
  }

  /** Indents what follows by a number of columns and begins a line there. */
  void newLine(int column) {
    push(column);
    position = column;
    if (breaking) {
      endLine();
      if (column > 0) {
        fragments.add(" ".repeat(column));
      }
    }
  }

  private void endLine() {
    fragments.add(LINE_END);
    lines++;
  }

  /** Whether nothing but blanks stands in the current line. */
  boolean atLineStart() {
    for (int i = fragments.size() - 1; i >= 0; i--) {
      if (fragments.get(i).equals(LINE_END)) {
        return true;
      }
      if (!isBlank(fragments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(String fragment) {
    return fragment.isBlank();
  }

  private static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A surrogate is half of four bytes, or stands for one byte; the difference is a matter of
      // layout only.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /** Makes what is written since the last snapshot a layout that should not be chosen. */
  void spoil() {
    spoiled = true;
  }

  /** The last fragment; a line end at the beginning. */
  String last() {
    return fragments.isEmpty() ? LINE_END : fragments.get(fragments.size() - 1);
  }

  /** The column at which the next line begins. */
  int indent() {
    return indents[depth];
  }

  /** The widest column of the statement so far. */
  int widest() {
    return widest;
  }

  /**
   * What was written after some point.
   *
   * @param written the fragments
   * @param position the column reached
   * @param lines the lines begun since the beginning
   * @param widest the widest column of the statement
   * @param spoiled whether it should not be chosen
   */
  record Snapshot(List<String> written, int position, int lines, int widest, boolean spoiled) {
    /** Whether this is to be preferred to an alternative that was tried earlier. */
    boolean beats(Snapshot best) {
      if (spoiled != best.spoiled) {
        return best.spoiled;
      }
      if (widest > MAX_WIDTH && best.widest < MAX_WIDTH) {
        return false;
      }
      if (best.widest > MAX_WIDTH && widest < MAX_WIDTH) {
        return true;
      }
      if (widest < MAX_WIDTH && best.widest < MAX_WIDTH && lines > best.lines) {
        return false;
      }
      return widest <= best.widest;
    }

    /** Whether it is fine as it is: no line broken and none too long. */
    boolean fits(Snapshot before) {
      return !spoiled && widest < MAX_WIDTH && lines == before.lines;
    }

    /** The same, not spoiled. */
    Snapshot clean() {
      return new Snapshot(written, position, lines, widest, false);
    }

    /** The same with another count of lines. */
    Snapshot withLines(int count) {
      return new Snapshot(written, position, count, widest, spoiled);
    }
  }

  /** A point to which {@link #restore} can go back: the last fragment may still be dropped. */
  int point() {
    return Math.max(0, fragments.size() - 1);
  }

  /** What was written since a point. Indentations have to be the same as there. */
  Snapshot since(int point) {
    List<String> written = new ArrayList<>(fragments.subList(point, fragments.size()));
    return new Snapshot(written, position, lines, widest, spoiled);
  }

  /** Replaces what was written since a point. */
  void restore(Snapshot state, int point) {
    fragments.subList(point, fragments.size()).clear();
    fragments.addAll(state.written);
    position = state.position;
    lines = state.lines;
    widest = state.widest;
    spoiled = state.spoiled;
  }

  /** All lines, without blanks at their ends. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (String fragment : fragments) {
      if (fragment.equals(LINE_END)) {
        trim(out);
      }
      out.append(fragment);
    }
    trim(out);
    return out.toString();
  }

  private static void trim(StringBuilder out) {
    int length = out.length();
    while (length > 0 && out.charAt(length - 1) == ' ') {
      length--;
    }
    out.setLength(length);
  }
}
