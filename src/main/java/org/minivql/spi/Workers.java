package org.minivql.spi;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * Threads of a run: a service of the engine for builtins that work on many rows at once.
 *
 * @since 0.1.0
 */
public interface Workers {
  /**
   * Works on items with several threads and returns when all are done or no more rows are wanted.
   * The producer waits while all workers are busy and a few items more than they can work on are
   * ready. The first failure of a task ends the others and is thrown here.
   *
   * @param scope the scope of the caller
   * @param workers how many items at once
   * @param producer sends the items, one at a time
   * @param task works on one item
   * @param out takes the rows of all tasks, one at a time
   */
  void each(Scope scope, int workers, Producer producer, Task task, Sink out);

  /**
   * Starts work that goes on beside the query. It ends by itself or notices that the run is over;
   * the run does not wait for it. A failure is logged.
   *
   * @param scope the scope of the caller
   * @param work what to do, on a thread of its own; it is given a scope like that of the caller
   *     which is alive as long as the run is, also when parallel work that the caller is a part of
   *     is over
   * @return ends the work soon, as if the run were over
   */
  Runnable start(Scope scope, Consumer<Scope> work);

  /**
   * Lets other threads of the run work until there is something to go on with, where they work one
   * after the other, so that every run is like the one before.
   *
   * @param scope the scope of the thread
   * @param until whether to go on; asked often, by any thread
   * @param latest the time, as {@link Pauses#time} tells it, at which to go on anyway; null for
   *     none
   * @return true when there is something to go on with, the time has come or the scope is over;
   *     false, and at once, where threads do not work one after the other: the caller waits by its
   *     own means then
   */
  default boolean await(Scope scope, BooleanSupplier until, Instant latest) {
    return false;
  }

  /**
   * Waits until the other threads of the run wait, for each other or for something to happen.
   *
   * @return false, and at once, where threads do not work one after the other: nobody can tell then
   */
  default boolean settle() {
    return false;
  }

  /** What gives the items. */
  @FunctionalInterface
  interface Producer {
    /**
     * Sends all items.
     *
     * @param scope like that of the caller, but over as soon as no more rows are wanted
     * @param items takes them; false when no more are wanted
     */
    void give(Scope scope, Sink items);
  }

  /** The work on one item. */
  @FunctionalInterface
  interface Task {
    /**
     * Works on an item.
     *
     * @param scope like that of the caller, but over as soon as no more rows are wanted
     * @param item the item
     * @param out takes its rows, from any thread, but one at a time
     * @return false when no more rows are wanted
     */
    boolean run(Scope scope, Object item, Sink out);
  }
}
