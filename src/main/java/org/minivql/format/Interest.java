package org.minivql.format;

/**
 * Whether members of one name are read with their object, or left until somebody asks for them. To
 * read them later costs another look at the whole text, so that it pays only where few do.
 */
final class Interest {
  /** Asked for so many times, and in one of so many objects, a member is read at once. */
  private static final int OFTEN = 8;

  private long left;
  private long asked;
  private volatile boolean wanted;

  boolean wanted() {
    return wanted;
  }

  void leave() {
    left++;
  }

  /** Other threads may ask; a count lost between them delays the decision a little. */
  void ask() {
    asked++;
    if (asked >= OFTEN && asked * OFTEN > left) {
      wanted = true;
    }
  }
}
