package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private static final Path ARTIFACTS = Path.of("queries/artifacts");

  private static List<PlanDiff.Row> diff(String fleet, String before, String after) {
    return PlanDiff.of(
        new FleetDirectory(Path.of("queries/fleets").resolve(fleet)),
        Fleets.artifacts(List.of(ARTIFACTS.resolve(before + ".yaml"))),
        Fleets.artifacts(List.of(ARTIFACTS.resolve(after + ".yaml"))));
  }

  @Test
  void theNewRuleReplacesTheOldOneInTheTable() throws IOException {
    List<PlanDiff.Row> rows =
        diff(
            "label-both",
            "Custom.Automation.LabelServers",
            "Custom.Automation.LabelServersAnyInfo");

    assertThat(rows).extracting(PlanDiff.Row::hostname).containsExactly("BER-DC-01", "BER-APP-02");
    StringBuilder text = new StringBuilder();
    PlanDiff.write(rows, text);
    assertThat(text.toString())
        .contains("C.11c0ffee5a1e0001 (BER-DC-01)\n  old: unchanged\n  new: +Server\n")
        .contains("  old: +Recent Threat Detection\n  new: +Recent Threat Detection, +Server\n")
        .endsWith("2 clients differ\n");
    assertThat(PlanDiff.json(rows)).contains("\"old\": []", "\"+Server\"");
  }

  @Test
  void equalRulesDoNotDiffer() {
    assertThat(
            diff(
                "label-servers",
                "Custom.Automation.LabelServers",
                "Custom.Automation.LabelServersAnyInfo"))
        .isEmpty();
  }
}
