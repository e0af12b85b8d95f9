package org.minivql.runtime;

import org.minivql.value.Scope;

/** A long text that looks every few characters whether its query is over. */
record WatchedText(String text, Scope scope) implements CharSequence {
  private static final int LONG = 1 << 12;
  private static final int EVERY = (1 << 9) - 1;

  /** The text itself where it is short. */
  static CharSequence of(Scope scope, String text) {
    return text.length() < LONG ? text : new WatchedText(text, scope);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if ((index & EVERY) == 0 && !scope.alive()) {
      throw new Cancelled();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
