package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunTest {
  private static final Path SAMPLE = Path.of("queries/fleets/label-servers");

  @Test
  void theServersOfTheSampleFleetAreLabelled() {
    Plan plan = new DryRun(new FleetDirectory(SAMPLE), List.of()).plan();

    assertThat(plan.clients())
        .filteredOn(client -> client.added().contains("Server"))
        .extracting(Plan.Client::hostname)
        .containsExactly("HQ-DC-01", "HQ-FILE-03", "DMZ-WEB-04", "HQ-MAIL-05", "LAB-HV-06");
    assertThat(plan.rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.rule()).isEqualTo("Custom.Automation.LabelServers");
              assertThat(rule.eventsSeen()).isEqualTo(16);
              assertThat(rule.eventsMatched()).isEqualTo(15);
              assertThat(rule.rows()).isEqualTo(7);
              assertThat(rule.errors()).isZero();
            });
    assertThat(plan.warnings()).extracting(w -> w.id()).contains("Q-08", "W-CASE");
  }

  @Test
  void theSameFleetGivesTheSameBytes() {
    String first = PlanJson.text(new DryRun(new FleetDirectory(SAMPLE), List.of()).plan());
    String second = PlanJson.text(new DryRun(new FleetDirectory(SAMPLE), List.of()).plan());

    assertThat(second).isEqualTo(first);
  }
}
