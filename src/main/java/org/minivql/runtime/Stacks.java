package org.minivql.runtime;

/**
 * Room for deep recursion. VQL allows a thousand nested scopes, more than a host's thread may hold;
 * every so many levels the evaluation goes on in a thread with a stack of its own.
 */
public final class Stacks {
  private static final int LEVELS = 64;
  private static final int WIDTH = 4;

  private Stacks() {}

  /** Whether an evaluation at this depth should move to a stack of its own. */
  public static boolean due(Frame frame) {
    int depth = frame.depth();
    return depth >= LEVELS && depth % LEVELS < WIDTH;
  }
}
