package org.minivql.runtime;

import java.util.function.Supplier;

/**
 * Room for deep recursion. VQL allows a thousand nested scopes, more than a host's thread may hold;
 * every so many levels the evaluation goes on in a thread with a stack of its own.
 */
public final class Stacks {
  private static final int LEVELS = 96;
  private static final int WIDTH = 4;
  private static final long STACK_BYTES = 32L << 20;

  private Stacks() {}

  /** Whether an evaluation at this depth should move to a stack of its own. */
  public static boolean due(Frame frame) {
    int depth = frame.depth();
    return depth >= LEVELS && depth % LEVELS < WIDTH;
  }

  /** Evaluates in a new thread while this one waits. */
  public static <T> T call(Supplier<T> work) {
    Object[] result = new Object[1];
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result[0] = work.get();
              } catch (RuntimeException | Error e) {
                failure[0] = e;
              }
            },
            "vql-deep",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    join(thread);
    if (failure[0] instanceof RuntimeException e) {
      throw e;
    }
    if (failure[0] instanceof Error e) {
      throw e;
    }
    @SuppressWarnings("unchecked")
    T value = (T) result[0];
    return value;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // The inner thread sees the interruption and ends; this one must not overtake it.
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
