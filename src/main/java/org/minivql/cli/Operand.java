package org.minivql.cli;

/**
 * What a command takes beside its options.
 *
 * @param label the name in the synopsis
 * @param least how many must be given
 * @param most how many may be given
 * @param doc what it is
 */
record Operand(String label, int least, int most, String doc) {
  static Operand one(String label, String doc) {
    return new Operand(label, 1, 1, doc);
  }

  static Operand optional(String label, String doc) {
    return new Operand(label, 0, 1, doc);
  }

  static Operand some(String label, String doc) {
    return new Operand(label, 1, Integer.MAX_VALUE, doc);
  }

  static Operand any(String label, String doc) {
    return new Operand(label, 0, Integer.MAX_VALUE, doc);
  }
}
