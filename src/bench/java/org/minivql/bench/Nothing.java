package org.minivql.bench;

/** Does nothing: how long a JVM takes to do that is the measure of start-up. */
public final class Nothing {
  private Nothing() {}

  /** Returns. */
  public static void main(String[] arguments) {}
}
