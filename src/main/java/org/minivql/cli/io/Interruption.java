package org.minivql.cli.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C end a run in order: the query is cancelled, what it has opened is closed, and the
 * output is completed before the process goes.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 1500;

  private final Runnable cancel;
  private final Closeable output;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "vql-interrupted");

  private Interruption(Runnable cancel, Closeable output) {
    this.cancel = cancel;
    this.output = output;
  }

  /**
   * Watches over a run until it is closed.
   *
   * @param cancel ends the run soon
   * @param output is closed where the run does not end soon
   */
  public static Interruption watch(Runnable cancel, Closeable output) {
    Interruption interruption = new Interruption(cancel, output);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void interrupted() {
    cancel.run();
    try {
      if (!finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        output.close();
      }
    } catch (IOException | InterruptedException e) {
      // Nobody is left to be told: the process is ending.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has been told.
      Thread.yield();
    }
  }
}
