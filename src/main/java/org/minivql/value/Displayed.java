package org.minivql.value;

/**
 * A value that leaves the engine as another one: output formats show what it answers.
 *
 * @since 0.1.0
 */
public interface Displayed {
  /** What is shown instead: a plain value, never itself {@code Displayed}. */
  Object display();
}
