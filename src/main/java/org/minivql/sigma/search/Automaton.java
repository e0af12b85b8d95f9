package org.minivql.sigma.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which of many words are in a text, in one pass over it whatever their number (Aho and
 * Corasick's way). Words may have the marks of an {@link Atom}.
 */
public final class Automaton {
  private static final int ASCII = 128;

  /** The kinds of characters: those that no word has are of kind 0. */
  private final int[] ascii = new int[ASCII];

  private final Map<Character, Integer> kinds = new HashMap<>();

  /**
   * A row for each state: the row to go to for each kind of character, and at its end which of the
   * finds the state is, or 0.
   */
  private int[] rows;

  private final int width;
  private final List<int[]> finds = new ArrayList<>(List.of(new int[0]));
  private int states = 1;

  /**
   * @param words each with the numbers it stands for
   */
  public Automaton(Map<String, List<Integer>> words) {
    for (String word : words.keySet()) {
      for (char c : word.toCharArray()) {
        kinds.putIfAbsent(c, kinds.size() + 1);
      }
    }
    kinds.forEach(
        (c, kind) -> {
          if (c < ASCII) {
            ascii[c] = kind;
          }
        });
    this.width = kinds.size() + 2;
    this.rows = new int[16 * width];
    words.forEach(this::add);
    link();
  }

  private int kind(char c) {
    return c < ASCII ? ascii[c] : kinds.getOrDefault(c, 0);
  }

  private void add(String word, List<Integer> numbers) {
    int row = 0;
    for (char c : word.toCharArray()) {
      int edge = row + kind(c);
      if (rows[edge] == 0) {
        int added = states++ * width;
        if (added == rows.length) {
          rows = Arrays.copyOf(rows, added * 2);
        }
        rows[edge] = added;
      }
      row = rows[edge];
    }
    rows[row + width - 1] = find(numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  private int find(int[] numbers) {
    finds.add(numbers);
    return finds.size() - 1;
  }

  /** Lets each state go on where the longest end of its text that begins a word goes on. */
  private void link() {
    Map<Integer, Integer> shorter = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    while (!open.isEmpty()) {
      int row = open.remove();
      for (int kind = 0; kind < width - 1; kind++) {
        int target = rows[row + kind];
        int instead = row == 0 ? 0 : rows[shorter.get(row) + kind];
        if (target == 0) {
          rows[row + kind] = instead;
        } else {
          shorter.put(target, instead);
          join(target + width - 1, rows[instead + width - 1]);
          open.add(target);
        }
      }
    }
  }

  /** What is found where a shorter word ends is found with the longer one too. */
  private void join(int at, int shorter) {
    if (rows[at] == 0) {
      rows[at] = shorter;
    } else if (shorter != 0) {
      int[] own = finds.get(rows[at]);
      int[] all = Arrays.copyOf(own, own.length + finds.get(shorter).length);
      System.arraycopy(finds.get(shorter), 0, all, own.length, all.length - own.length);
      rows[at] = find(all);
    }
  }

  /** Adds the numbers of the words that a text has. */
  public void scan(String text, BitSet numbers) {
    int row = take(rows[kind(Atom.BEGIN)], numbers);
    for (int i = 0; i < text.length(); i++) {
      row = take(rows[row + kind(text.charAt(i))], numbers);
    }
    take(rows[row + kind(Atom.END)], numbers);
  }

  private int take(int row, BitSet numbers) {
    int find = rows[row + width - 1];
    if (find != 0) {
      for (int number : finds.get(find)) {
        numbers.set(number);
      }
    }
    return row;
  }
}
