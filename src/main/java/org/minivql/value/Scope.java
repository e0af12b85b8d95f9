package org.minivql.value;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The variables and services that an evaluation sees: a stack of layers, newest first.
 *
 * <p>A scope is a value too ({@code scope()} returns it); its members are its variables. Scopes are
 * not shared between threads unless the engine does so.
 *
 * @since 0.1.0
 */
public interface Scope extends Members {
  /** Looks a variable up through the layers; {@link Absent#ABSENT} where no layer has it. */
  Object resolve(String name);

  /**
   * A child scope with one more layer, which is searched first.
   *
   * @param layer a {@link Dict}, another {@link Members} object, or any value used as a row
   */
  Scope with(Object layer);

  /**
   * A child scope like {@link #with} that owns what its query registers for closing; the caller
   * ends it with {@link #end}.
   */
  default Scope owned(Object layer) {
    return with(layer);
  }

  /** Closes what was registered with a scope made by {@link #owned}. */
  default void end() {}

  /**
   * This scope as what is done after the run sees it: alive although the run was ended, but for so
   * long at most. The caller ends it with {@link #end}.
   */
  default Scope atEnd(Duration most) {
    return this;
  }

  /** Appends one line to the query log; a level is a prefix such as {@code ERROR:}. */
  void log(String line);

  /** The meaning of operators, truth, member access and text for this engine. */
  Operators operators();

  /** Compiled regular expressions of this run. */
  Patterns patterns();

  /** The clock of the engine: the only source of the current time. */
  Clock clock();

  /** A random number generator of the engine: the only source of randomness. */
  RandomGenerator random();

  /** False once the query was cancelled, timed out, or nobody wants its rows. */
  boolean alive();

  /**
   * A text that ends what walks over it, such as the search for a pattern, when the query is over.
   *
   * @return the same characters
   */
  default CharSequence watched(String text) {
    return text;
  }

  /**
   * Waits, ending early when the query is cancelled.
   *
   * @return false when the query is over
   */
  boolean pause(Duration duration);

  /**
   * Registers something to close when the scope's owner ends: the row for a function in a column,
   * the enclosing select for a plugin. Runs in reverse order of registration.
   */
  void onClose(Runnable destructor);

  /** Registers something to close when the root scope of the run ends. */
  void onRootClose(Runnable destructor);

  /**
   * A service of the host or the engine.
   *
   * @return the service, or null where the engine has none of that type
   */
  <T> T service(Class<T> type);

  /**
   * State that lives as long as the run (caches, counters), created on first use. Shared by all
   * scopes of the run.
   */
  <T> T runState(Object key, Supplier<T> init);

  /**
   * Takes something that a run may have only so much of at a time; where it is too much, the run
   * ends here. To be given back with {@link #release}.
   */
  default void claim(Limit limit, long amount) {}

  /** Gives back what was claimed. */
  default void release(Limit limit, long amount) {}

  /** Ends the run here where an amount by itself is more than a limit. */
  default void check(Limit limit, long amount) {}

  /** The names of the layers, oldest first, as {@code [a, b], [c]}: for messages. */
  String describe();
}
