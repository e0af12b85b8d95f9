package org.minivql.cli.repl;

import java.util.Map;
import org.minivql.value.Dict;

/**
 * What the interactive shell runs texts in: one engine and one scope that keeps its definitions
 * from text to text.
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
   * Runs all statements of a text and returns when they ended or were cancelled.
   *
   * @throws org.minivql.syntax.SyntaxException when the text does not parse; nothing was run
   */
  void run(String text, Output output);

  /**
   * Runs a text and answers how it was run: statements, rows and times. Its rows are dropped.
   *
   * @throws org.minivql.syntax.SyntaxException when the text does not parse; nothing was run
   */
  String explain(String text, Output output);

  /** Ends what {@link #run} is doing; called from another thread. */
  void cancel();

  @Override
  void close();
}
