package org.minivql.value;

/** A value that leaves the engine as another one: output formats show what it answers. */
public interface Displayed {
  /** What is shown instead: a plain value, never itself {@code Displayed}. */
  Object display();
}
