package org.minivql.spi;

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
   */
  void start(Scope scope, Consumer<Scope> work);

  /**
   * Says that the calling thread waits for what other threads of the run do. Where items are worked
   * on one after the other, the next one is begun.
   */
  default void waiting() {}

  /**
   * Says that the calling thread, which took what other threads of the run gave it, wants no more
   * and goes on by itself.
   *
   * @param scope the scope of the thread
   */
  default void leaves(Scope scope) {}

  /**
   * Waits until the query, of which a thread went on by itself ({@link #leaves}), waits again or is
   * over; not for ever. Where runs need not be alike, nothing is waited for.
   *
   * @param scope a scope of the same run
   */
  default void awaitLeft(Scope scope) {}

  /**
   * Whether all items are begun that can be, everywhere in the run: whoever is to be there, is.
   * Where items are begun as threads come, nobody can tell.
   */
  default boolean settled() {
    return true;
  }

  /** Whether items are worked on one after the other, so that every run is like the one before. */
  default boolean orderly() {
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
