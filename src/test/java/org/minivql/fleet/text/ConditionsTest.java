package org.minivql.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A plan looks at the conditions over queues alone; only an explanation looks at all of them. */
class ConditionsTest {
  private static final String QUERY =
      """
      LET events = SELECT * FROM watch_monitoring(artifact="Q")
        WHERE A = 1 OR B
      LET all = SELECT * FROM watch_monitoring(artifact="R")
      SELECT * FROM foreach(row=events, query={
        SELECT * FROM source(artifact="S") WHERE C =~ "x" }) WHERE D
      """;

  @Test
  void onlyConditionsOverQueuesAreWatched() {
    assertThat(Conditions.watch(QUERY, EventSites.overQueues(QUERY)))
        .isEqualTo(
            """
            LET events = SELECT * FROM watch_monitoring(artifact="Q")
              WHERE rule_condition_(site=0, passed=(A = 1 OR B))
            LET all = SELECT * FROM watch_monitoring(artifact="R") WHERE rule_condition_(site=1, passed=TRUE)
            SELECT * FROM foreach(row=events, query={
              SELECT * FROM source(artifact="S") WHERE C =~ "x" }) WHERE D
            """);
  }

  @Test
  void anExplanationWatchesAllAndKeepsTheLines() {
    String watched = Conditions.watch(QUERY, EventSites.selects(QUERY));

    assertThat(watched.lines().count()).isEqualTo(QUERY.lines().count());
    assertThat(watched)
        .contains("WHERE rule_condition_(site=2, passed=(D))")
        .contains("WHERE rule_condition_(site=3, passed=(C =~ \"x\")) })");
  }
}
