package org.minivql.cli.command;

import java.util.List;

/**
 * What a command takes beside its options.
 *
 * @param label the name in the synopsis
 * @param least how many must be given
 * @param most how many may be given
 * @param choices the values it accepts; empty for any
 * @param doc what it is
 */
public record Operand(String label, int least, int most, List<String> choices, String doc) {
  public static Operand one(String label, String doc) {
    return new Operand(label, 1, 1, List.of(), doc);
  }

  public static Operand choice(String label, List<String> choices, String doc) {
    return new Operand(label, 1, 1, choices, doc);
  }

  public static Operand optional(String label, String doc) {
    return new Operand(label, 0, 1, List.of(), doc);
  }

  public static Operand some(String label, String doc) {
    return new Operand(label, 1, Integer.MAX_VALUE, List.of(), doc);
  }

  public static Operand any(String label, String doc) {
    return new Operand(label, 0, Integer.MAX_VALUE, List.of(), doc);
  }
}
