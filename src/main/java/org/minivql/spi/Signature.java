package org.minivql.spi;

import java.util.List;

/**
 * All that is known about a builtin without calling it.
 *
 * @param kind function or plugin
 * @param name the name in VQL
 * @param doc what it does
 * @param parameters the declared arguments in declaration order
 * @param open whether it takes arguments beyond the declared ones
 * @param columns the columns of a plugin's rows where known, else empty
 * @param examples texts that are run as tests
 * @param version what {@code version()} answers; negative for a call known by name only
 * @param permission the permission a caller needs, or empty
 * @param onError what a function yields for bad arguments
 * @param logName what log lines begin with
 * @param aggregate whether it keeps state per call site
 * @param endless whether it waits for events and does not end by itself
 * @since 0.1.0
 */
public record Signature(
    Kind kind,
    String name,
    String doc,
    List<Parameter> parameters,
    boolean open,
    List<String> columns,
    List<String> examples,
    int version,
    String permission,
    ErrorValue onError,
    String logName,
    boolean aggregate,
    boolean endless) {

  /** Function or plugin. */
  public enum Kind {
    /** Returns one value. */
    FUNCTION,
    /** Returns rows. */
    PLUGIN
  }

  /** The parameter with this name, or null. */
  public Parameter parameter(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    return null;
  }
}
