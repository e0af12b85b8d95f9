package org.minivql.protocol;

import java.util.Set;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;

/** A bool on the left equals a string that spells it: parameters of artifacts are strings. */
public final class BoolText implements Protocol {
  private static final Set<String> TRUE = Set.of("Y", "y", "TRUE", "True");

  /** The protocol. */
  public BoolText() {}

  @Override
  public Object equal(Scope scope, Object a, Object b) {
    return a instanceof Boolean bool && b instanceof String text
        ? bool == TRUE.contains(text)
        : PASS;
  }
}
