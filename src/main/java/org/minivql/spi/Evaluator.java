package org.minivql.spi;

import java.util.Map;
import java.util.function.Supplier;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

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
