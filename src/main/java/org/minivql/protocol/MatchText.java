package org.minivql.protocol;

import org.minivql.value.Dict;
import org.minivql.value.Operand;
import org.minivql.value.Patterns;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;

/**
 * {@code =~} on numbers and times looks at their text, on dicts at their JSON, on paths and the
 * like at what they are written as.
 */
public final class MatchText implements Protocol {
  /** The protocol. */
  public MatchText() {}

  @Override
  public Object matches(Scope scope, Object target, String pattern) {
    boolean text =
        target instanceof Long
            || target instanceof Unsigned
            || target instanceof Double
            || target instanceof Timestamp
            || target instanceof Dict
            || target instanceof Operand;
    if (!text) {
      return PASS;
    }
    Patterns.Search search = scope.patterns().search(scope, pattern);
    return search != null && search.find(scope, scope.operators().text(scope, target));
  }
}
