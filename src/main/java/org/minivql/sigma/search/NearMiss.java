package org.minivql.sigma.search;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;

/** Notices, once for an entry of a rule, that an event differed from it in nothing but case. */
final class NearMiss {
  private final List<String> wanted;
  private final Reporter reporter;
  private final AtomicBoolean told = new AtomicBoolean();

  /** Takes what was noticed. */
  @FunctionalInterface
  interface Reporter {
    void differsInCase(Field field, String wanted, String found);
  }

  NearMiss(List<String> wanted, Reporter reporter) {
    this.wanted = wanted;
    this.reporter = reporter;
  }

  void look(EventView event, Field field) {
    if (told.get()) {
      return;
    }
    String found = event.text(field);
    if (found == null) {
      return;
    }
    for (String one : wanted) {
      // A text that is equal failed for another reason: not all of several values were there.
      if (one.length() == found.length() && one.equalsIgnoreCase(found) && !one.equals(found)) {
        if (told.compareAndSet(false, true)) {
          reporter.differsInCase(field, one, found);
        }
        return;
      }
    }
  }
}
