package org.minivql.fuzz;

/** The door for Jazzer, which mutates what reaches new code. */
public final class Jazzed {
  private static final Targets TARGET = Targets.valueOf(System.getProperty("fuzz.target"));

  private Jazzed() {}

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.run(input);
  }
}
