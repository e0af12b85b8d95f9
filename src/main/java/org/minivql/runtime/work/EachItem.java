package org.minivql.runtime.work;

import java.util.concurrent.Executor;
import org.minivql.runtime.Frame;
import org.minivql.spi.Workers;
import org.minivql.value.Sink;

/** A call in which each item gets a thread at once: how many there are, its producer decides. */
final class EachItem {
  private final Frame scope;
  private final Workers.Task task;
  private final Ending ending;
  private final Executor threads;

  /**
   * A call that has not begun.
   *
   * @param threads starts a thread for an item
   */
  EachItem(Frame scope, Workers.Task task, Sink out, Executor threads) {
    this.scope = scope;
    this.task = task;
    this.ending = new Ending(scope, out);
    this.threads = threads;
  }

  /** Has all items of the producer worked on; the producer returns when they are done. */
  void run(Workers.Producer producer) {
    producer.give(scope, this::begin);
    ending.rethrow();
  }

  private boolean begin(Object item) {
    if (ending.isFinished()) {
      return false;
    }
    threads.execute(() -> work(item));
    return true;
  }

  private void work(Object item) {
    try {
      if (!task.run(scope, item, ending::pass)) {
        ending.stop();
      }
    } catch (RuntimeException | Error e) {
      ending.fail(e);
    }
  }
}
