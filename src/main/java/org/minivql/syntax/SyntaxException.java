package org.minivql.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A text is not VQL. The message lists the errors, each with its place and line. */
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<SyntaxError> errors;

  /** Takes one or more errors. */
  public SyntaxException(List<SyntaxError> errors) {
    super(errors.stream().map(SyntaxError::text).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** The errors in the order of the text, at least one. */
  public List<SyntaxError> errors() {
    return errors;
  }
}
