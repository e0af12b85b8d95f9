package org.minivql.spi;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/**
 * Runs VQL text from inside a query: a service of the engine. The same text is compiled once.
 *
 * <p>Artifact calls, event tables and the {@code query()} plugin use it.
 *
 * @since 0.1.0
 */
public interface Evaluator {
  /**
   * A fresh scope that sees the builtins, the services and the log of the parent but none of its
   * variables.
   *
   * @param parent the scope whose services, log, cancellation and clock are used
   * @param env the variables of the new scope
   */
  default Session session(Scope parent, Dict env) {
    return session(parent, env, Map.of());
  }

  /**
   * A fresh scope as above, in which some services are others than those of the parent.
   *
   * @param parent the scope whose other services, log, cancellation and clock are used
   * @param env the variables of the new scope
   * @param services the services by their types
   */
  Session session(Scope parent, Dict env, Map<Class<?>, Object> services);

  /**
   * A fresh scope as above that is the root of a query of its own: with caches, patterns and the
   * memory of what was logged of its own, which end with it, and with other services. It ends with
   * the parent's run and counts against its limits.
   *
   * @param parent the scope whose other services, log and clock are used
   * @param env the variables of the new scope
   * @param services the services by their types
   */
  Session root(Scope parent, Dict env, Map<Class<?>, Object> services);

  /**
   * A scope on top of the parent, whose variables it sees, with variables of its own.
   *
   * @param parent the scope below
   * @param env the variables of the new scope
   */
  Session inherited(Scope parent, Dict env);

  /**
   * Makes the definitions of a text for the statements after the one that runs now, in its scope.
   *
   * @param scope the scope of the call
   * @param text LET statements
   * @throws ArgumentException when the text does not parse, or has other statements
   */
  void define(Scope scope, String text);

  /** Takes the rows of one SELECT. */
  interface Table extends Sink, AutoCloseable {
    @Override
    void close();
  }

  /** One scope in which texts are run one after the other. */
  interface Session extends AutoCloseable {
    /** The scope; it has the definitions of the texts run so far. */
    Scope scope();

    /**
     * Ends what runs in a session that is a root or inherits, when its time is over; the parent's
     * run goes on. A time set before counts no longer.
     *
     * @param most the time from now on
     * @param expired called from another thread before the end
     */
    void endAfter(Duration most, Runnable expired);

    /**
     * Runs a query in the scope.
     *
     * @param out takes the rows; answering false ends the query
     */
    void run(StoredQuery query, Sink out);

    /**
     * Runs all statements of a text in order. Definitions stay for the next text.
     *
     * @param text one or more statements
     * @param out takes the rows of each SELECT; answering false ends that SELECT
     * @throws ArgumentException when the text does not parse
     */
    void run(String text, Sink out);

    /**
     * Runs all statements of a text in order, each SELECT into a table of its own.
     *
     * @param text one or more statements
     * @param tables gives the table of the next SELECT, which is closed after it
     * @throws ArgumentException when the text does not parse
     */
    void each(String text, Supplier<Table> tables);

    /** Closes what the texts opened. */
    @Override
    void close();
  }
}
