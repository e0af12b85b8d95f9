package org.minivql.plan;

import java.util.function.Supplier;

/** A canonical text, made when somebody first asks for it: most plans run without. */
final class LazyText {
  private final Supplier<String> maker;
  private String text;

  LazyText(Supplier<String> maker) {
    this.maker = maker;
  }

  /** The text. Threads that ask at once may each make it. */
  String get() {
    String made = text;
    if (made == null) {
      made = maker.get();
      text = made;
    }
    return made;
  }
}
