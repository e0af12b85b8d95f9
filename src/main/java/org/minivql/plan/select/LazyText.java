package org.minivql.plan.select;

import java.util.function.Supplier;

/** A canonical text, made when somebody first asks for it: most plans run without. */
public final class LazyText {
  private final Supplier<String> maker;
  private String text;

  public LazyText(Supplier<String> maker) {
    this.maker = maker;
  }

  /** The text. Threads that ask at once may each make it. */
  public String get() {
    String made = text;
    if (made == null) {
      made = maker.get();
      text = made;
    }
    return made;
  }
}
