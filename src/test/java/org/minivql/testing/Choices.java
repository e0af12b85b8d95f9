package org.minivql.testing;

import java.util.List;

/**
 * Decisions made beforehand. What is made from fewer and smaller ones is smaller, so that a list of
 * numbers shrinks what was made from it; when none are left the first choice is taken.
 */
final class Choices {
  private final List<Integer> numbers;
  private int next;

  Choices(List<Integer> numbers) {
    this.numbers = numbers;
  }

  /** A number from 0 on, less than the bound. */
  int below(int bound) {
    return next < numbers.size() ? numbers.get(next++) % bound : 0;
  }

  /** True one time of some. */
  boolean once(int times) {
    return below(times) == times - 1;
  }

  <T> T of(List<T> list) {
    return list.get(below(list.size()));
  }

  String of(String... texts) {
    return texts[below(texts.length)];
  }
}
