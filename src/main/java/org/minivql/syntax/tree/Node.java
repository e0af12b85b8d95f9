package org.minivql.syntax.tree;

/** A part of a program. Nodes are immutable and compare without their places. */
public sealed interface Node
    permits Statement, Column, PluginCall, Argument, ArgumentValue, Accessor, Lambda {
  /** Where it stands in the source. */
  Span span();
}
