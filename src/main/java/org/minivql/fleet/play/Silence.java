package org.minivql.fleet.play;

import org.minivql.fleet.plan.Plan;
import org.minivql.registry.event.Quirks;

/** Warnings about rules that did nothing. */
final class Silence {
  private Silence() {}

  static void warn(Plan.RuleReport report, Quirks quirks) {
    if (report.rows() == 0 && report.eventsSeen() == 0) {
      quirks.warn("W-UNUSED-RULE", report.rule(), null, "the queue of this rule had no event");
    } else if (report.eventsSeen() > 0 && report.eventsMatched() == 0) {
      quirks.warn(
          "W-NO-MATCH",
          report.rule(),
          null,
          report.eventsSeen() == 1
              ? "the one event did not pass the condition over the queue"
              : "none of the "
                  + report.eventsSeen()
                  + " events passed the condition over the queue");
    } else if (report.rows() == 0) {
      quirks.warn(
          "W-NO-ROWS",
          report.rule(),
          null,
          (report.eventsMatched() == 1 ? "1 event" : report.eventsMatched() + " events")
              + " passed the condition but gave no row");
    }
  }
}
