package org.minivql.fuzz;

/** Something that takes any bytes. */
@FunctionalInterface
interface Target {
  /**
   * Takes an input. Whatever is thrown is a failure.
   *
   * @return what happened, in short: inputs with something new are mutated further
   */
  Object run(byte[] input) throws Exception;
}
