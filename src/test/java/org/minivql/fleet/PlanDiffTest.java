package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.directory.FleetDirectory;

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
  void rulesThatDifferInOneOrderDiffer(@TempDir Path folder) {
    TestFleet fleet =
        new TestFleet(folder)
            .settings("interrogation_order: both\n")
            .client("C.1", "\"hostname\":\"one\"")
            .flow(
                "C.1",
                "F.1",
                "Generic.Client.Info/BasicInformation",
                "{\"OS\":\"windows\",\"Platform\":\"Windows 11\",\"Hostname\":\"one\"}");
    String row = "SELECT * FROM watch_monitoring(artifact='System.Flow.Completion')";
    String label = "SELECT label(client_id=ClientId, labels='Eleven', op='set') AS L FROM ";
    Artifact record =
        rule(
            "Race",
            "SELECT * FROM foreach(row={ "
                + row
                + " }, query={ "
                + label
                + "clients(client_id=ClientId) WHERE os_info.release =~ '11' })");
    Artifact results =
        rule(
            "Race",
            "SELECT * FROM foreach(row={ "
                + row
                + " }, query={ "
                + label
                + "source(client_id=ClientId, flow_id=FlowId,"
                + " artifact='Generic.Client.Info/BasicInformation') WHERE Platform =~ '11' })");

    assertThat(PlanDiff.of(fleet.open(), List.of(record), List.of(results)))
        .containsExactly(
            new PlanDiff.Row("C.1", "one", List.of("+Eleven (service_first)"), List.of("+Eleven")));
    assertThat(PlanDiff.of(fleet.open(), List.of(record), List.of(record))).isEmpty();
  }

  private static Artifact rule(String name, String query) {
    return Artifact.parse(
        "name: " + name + "\ntype: SERVER_EVENT\nsources:\n- query: " + query + "\n");
  }

  private static final String PARAMETERS =
      "parameters: [{name: Mark, default: none}, {name: %s}]\nsources:\n- query: ";

  private static Artifact marking(String name, String other, String condition) {
    return Artifact.parse(
        "name: "
            + name
            + "\ntype: SERVER_EVENT\n"
            + String.format(PARAMETERS, other)
            + "SELECT label(client_id=ClientId, labels=Mark, op='set') AS L FROM"
            + " watch_monitoring(artifact='System.Flow.Completion') WHERE "
            + condition
            + "\n");
  }

  private static TestFleet marked(Path folder) {
    return new TestFleet(folder).client("C.1").flow("C.1", "F.1", "Any.Thing", "{}");
  }

  /** The table of a fleet that gives parameters to one rule. */
  private static FleetDirectory table(TestFleet fleet, String artifacts, String specs) {
    fleet.open();
    fleet.file("tables/server.yaml", "artifacts: [" + artifacts + "]\nspecs: [" + specs + "]\n");
    return new FleetDirectory(fleet.root());
  }

  private static String spec(String artifact, String... pairs) {
    StringBuilder env = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      env.append("{key: ").append(pairs[i]).append(", value: ").append(pairs[i + 1]).append("},");
    }
    return "{artifact: " + artifact + ", parameters: {env: [" + env + "]}}";
  }

  @Test
  void theRuleThatTakesTheOtherOnesPlaceGetsItsParameters(@TempDir Path folder) {
    TestFleet fleet = marked(folder);
    List<Artifact> old = List.of(marking("Old", "Gone", "TRUE"));
    List<Artifact> fresh = List.of(marking("New", "Later", "TRUE"));

    // The name of the parameter that only one of them has is no error either.
    assertThat(
            PlanDiff.of(table(fleet, "Old", spec("Old", "Mark", "Blue", "Gone", "1")), old, fresh))
        .isEmpty();
    assertThat(
            PlanDiff.of(table(fleet, "New", spec("New", "Mark", "Blue", "Later", "1")), old, fresh))
        .isEmpty();
    assertThat(
            PlanDiff.of(
                table(
                    fleet,
                    "Old, New",
                    spec("Old", "Mark", "Blue") + "," + spec("New", "Mark", "Green")),
                old,
                fresh))
        .containsExactly(new PlanDiff.Row("C.1", "", List.of("+Blue"), List.of("+Green")));
  }

  @Test
  void theRuleThatTakesTheOtherOnesPlaceRunsInItsOrder(@TempDir Path folder) {
    TestFleet fleet = marked(folder);
    String unmarked =
        "sources:\n- query: SELECT label(client_id=ClientId, labels='Second', op='set') AS L FROM"
            + " watch_monitoring(artifact='System.Flow.Completion') WHERE NOT"
            + " label(client_id=ClientId, labels='First', op='check')\n";
    fleet.artifact("Second", "type: SERVER_EVENT\n" + unmarked);
    String set =
        "SELECT label(client_id=ClientId, labels='First', op='set') AS L FROM"
            + " watch_monitoring(artifact='System.Flow.Completion')";

    assertThat(
            PlanDiff.of(
                table(fleet, "Old, Second", ""),
                List.of(rule("Old", set)),
                List.of(rule("New", set))))
        .isEmpty();
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
