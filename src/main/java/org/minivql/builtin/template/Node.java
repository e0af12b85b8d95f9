package org.minivql.builtin.template;

import java.util.List;

/** A part of a template. */
sealed interface Node {
  /** Parts one after the other. */
  record Block(List<Node> parts) implements Node {}

  /** Text as it is. */
  record Text(String text) implements Node {}

  /** Writes a value. */
  record Write(Pipe pipe) implements Node {}

  /** {@code if}. */
  record If(Pipe condition, Node then, Node otherwise) implements Node {}

  /** {@code with}. */
  record With(Pipe value, Node then, Node otherwise) implements Node {}

  /** {@code range}. */
  record Range(Pipe items, Node body, Node otherwise) implements Node {}

  /** {@code break}, or {@code continue} where it does not end the loop. */
  record Leave(boolean end) implements Node {}

  /** {@code template "name" value}. */
  record Call(String name, Pipe value) implements Node {}

  /**
   * Commands of which each gets the value of the one before as its last argument.
   *
   * @param variables the variables that receive the value
   * @param declares whether they are new
   * @param commands the commands
   */
  record Pipe(List<String> variables, boolean declares, List<Command> commands) {}

  /** An operand alone, or a function with its arguments. */
  record Command(List<Operand> operands) {}

  /** Something with a value. */
  sealed interface Operand {}

  /** A constant. */
  record Constant(Object value) implements Operand {}

  /** {@code .}. */
  record Dot() implements Operand {}

  /** {@code nil}. */
  record Nil() implements Operand {}

  /** {@code $name}. */
  record Variable(String name) implements Operand {}

  /** The name of a function. */
  record Function(String name) implements Operand {}

  /** A pipe in parentheses. */
  record Nested(Pipe pipe) implements Operand {}

  /** {@code operand.name}. */
  record Member(Operand of, String name) implements Operand {}
}
