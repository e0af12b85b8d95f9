package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.directory.FleetDirectory;

class PlanTextTest {
  private static String text(List<org.minivql.artifact.Artifact> rules) throws IOException {
    FleetDirectory fleet = new FleetDirectory(Path.of("queries/fleets/label-servers"));
    StringBuilder out = new StringBuilder();
    PlanText.write(new DryRun(fleet, rules).plan(), out, 200);
    return out.toString();
  }

  @Test
  void everyChangeIsALineWithItsRuleAndEvent() throws IOException {
    String text = text(List.of());

    assertThat(text.lines())
        .anyMatch(
            line ->
                line.contains("DMZ-WEB-04")
                    && line.contains("+Server")
                    && line.contains("Custom.Automation.LabelServers")
                    && line.contains("System.Flow.Completion #")
                    && line.contains("F.C6M2A04"))
        .anyMatch(line -> line.contains("HQ-SQL-02") && line.contains("+Server (no effect)"))
        .anyMatch(line -> line.contains("WS-ACC-101") && line.contains("+Finance"));
  }

  @Test
  void whatReachesOutOfTheServerIsShown(@TempDir Path folder) throws IOException {
    FleetDirectory fleet =
        new TestFleet(folder)
            .client("C.1")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"a\",\"b\"]")
            .rule(
                "R",
                "SELECT if(condition=Label = 'a', then=mail(to='soc@example.org', subject='x', body='y')) AS M,"
                    + " { SELECT * FROM http_client(url='https://hooks.example.org/') } AS H"
                    + " FROM watch_monitoring(artifact='Server.Internal.Label')")
            .open();
    StringBuilder out = new StringBuilder();
    PlanText.write(new DryRun(fleet, List.of()).plan(), out, 200);

    assertThat(out)
        .contains(
            "What reaches out of the server was recorded and not done:\n"
                + "  mail soc@example.org\n"
                + "  http https://hooks.example.org/ (2 times)\n");
    assertThat(text(List.of())).doesNotContain("reaches out");
  }

  @Test
  void rulesCountsAndWarningsFollow() throws IOException {
    String text = text(List.of());

    assertThat(text)
        .contains(
            "Rule Custom.Automation.LabelServers: 16 events seen, 15 matched, 7 rows, 0 errors")
        .contains("6 of 15 clients with other labels than before; 10 changes, 8 effective;")
        .contains("  +Server: 5 clients\n")
        .contains(
            "Warning W-CASE (6 times, Custom.Automation.LabelServers, first C.24e9b07f6d1c8a35): "
                + "Label \"Server\" is \"server\" on C.17c83d5e02af9b64. ");
  }
}
