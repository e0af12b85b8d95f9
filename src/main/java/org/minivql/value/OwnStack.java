package org.minivql.value;

import java.util.function.Supplier;

/**
 * A stack as deep as any recursion of the engine needs, which a host's thread may not have.
 *
 * @since 0.1.0
 */
public final class OwnStack {
  private static final long BYTES = 32L << 20;

  private OwnStack() {}

  /** Does the work in a new thread while this one waits. */
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
            BYTES);
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

  /** Does the work in a new thread while this one waits. */
  public static void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
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
