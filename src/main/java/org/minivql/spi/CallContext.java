package org.minivql.spi;

import java.util.function.Supplier;
import org.minivql.value.Scope;

/**
 * One call of a builtin: the scope it was called in and the place in the query it stands at.
 *
 * @since 0.1.0
 */
public interface CallContext {
  /** The scope of the caller. */
  Scope scope();

  /** The scope of the caller once more: what is logged in it is about this call. */
  Scope about();

  /** The builtin's name, for messages. */
  String name();

  /** Logs {@code <name>: <message>} with the default level. */
  void log(String message);

  /** Logs a line as it stands, with its level and without the name, as one about this call. */
  void append(String line);

  /**
   * State of this place in the query within the current aggregate context: an aggregate function
   * keeps its running value in it. Created on first use.
   */
  <T> T aggregate(Supplier<T> init);

  /** Whether the caller gave this argument (also as NULL). */
  boolean given(String argument);

  /**
   * State of this place in the query for the whole run, whatever the aggregate context: compiled
   * patterns, prepared templates. Created on first use.
   */
  <T> T siteState(Supplier<T> init);

  /** Compiles the text of a lambda; the same text is compiled once. */
  org.minivql.value.Lambda lambda(String text);
}
