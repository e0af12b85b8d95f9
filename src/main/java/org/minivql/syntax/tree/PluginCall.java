package org.minivql.syntax.tree;

import java.util.List;

/**
 * What follows {@code FROM}.
 *
 * @param span the place
 * @param path the components of the dotted name, each a token as written
 * @param called whether parentheses follow
 * @param arguments the arguments in source order
 */
public record PluginCall(Span span, List<String> path, boolean called, List<Argument> arguments)
    implements Node {
  /** Takes copies of the lists. */
  public PluginCall {
    path = List.copyOf(path);
    arguments = List.copyOf(arguments);
  }
}
