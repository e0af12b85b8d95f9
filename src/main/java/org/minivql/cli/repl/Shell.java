package org.minivql.cli.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.minivql.value.Dict;

/**
 * What the interactive shell runs texts in: one engine and one scope that keeps its definitions
 * from text to text.
 *
 * @since 0.1.0
 */
public interface Shell extends AutoCloseable {
  /** Takes the rows of a text as they come. */
  interface Output {
    /** A statement that yields rows starts. */
    void begin();

    /**
     * One row.
     *
     * @return false when no more rows are wanted
     */
    boolean row(Dict row);

    /** The statement ended. */
    void end();

    /** One line of the log; its level is a prefix such as {@code ERROR:}. */
    void log(String line);
  }

  /** The names that can be used. */
  Vocabulary vocabulary();

  /** The variables that were set from outside, by name. */
  Map<String, Object> environment();

  /** Sets a variable. */
  void set(String name, Object value);

  /**
   * Runs what follows on a recorded fleet.
   *
   * @param folder the fleet, or null to run on none
   * @throws java.io.IOException when it cannot be used; the message is one sentence
   */
  void fleet(Path folder) throws IOException;

  /**
   * Runs all statements of a text and returns when they ended or were cancelled.
   *
   * @throws org.minivql.syntax.SyntaxException when the text does not parse; nothing was run
   */
  void run(String text, Output output);

  /**
   * Runs a text and answers how it was run: the plan with rows and times. Its rows are dropped.
   *
   * @param width the columns of the terminal, 0 for any number
   * @throws org.minivql.syntax.SyntaxException when the text does not parse; nothing was run
   */
  String explain(String text, int width, Output output);

  /** Ends what {@link #run} is doing; called from another thread. */
  void cancel();

  @Override
  void close();
}
