package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minivql.fleet.directory.FleetDirectory;

class WhyTest {
  private static Why.Answer ask(String fleet, String client, String label) {
    Path folder = Path.of("queries/fleets").resolve(fleet);
    return new Why(new FleetDirectory(folder), List.of(), client, label).answer();
  }

  private static String text(Why.Answer answer) throws IOException {
    StringBuilder out = new StringBuilder();
    WhyText.write(answer, out);
    return out.toString();
  }

  @Test
  void aLabelIsExplainedFromEventToLine() throws IOException {
    Why.Answer answer = ask("label-servers", "C.3b5d92a4c8e07f16", "Server");

    assertThat(answer.labelled()).isTrue();
    assertThat(text(answer))
        .isEqualTo(
            """
            C.3b5d92a4c8e07f16 (DMZ-WEB-04) has the label "Server"
              labels before: (none)
              labels after:  Server

            Custom.Automation.LabelServers
              System.Flow.Completion #10 at 2026-03-02T06:12:00Z, flow F.C6M2A04
              - line 14: WHERE Flow.artifacts_with_results =~ "Generic.Client.Info/BasicInformation" passed: Flow.artifacts_with_results = ["Generic.Client.Info/BasicInformation"]
              - source(artifact="Generic.Client.Info/BasicInformation") read 1 row
              - line 19: WHERE Platform =~ "Server" passed: Platform = "Microsoft Windows Server 2022 Standard"
              - line 21: label "Server" set
            """);
  }

  @Test
  void theFirstConditionThatWasFalseIsNamedWithItsValues() {
    Why.Answer answer = ask("label-servers", "C.83d6c1f94ab07e52", "Server");

    assertThat(answer.labelled()).isFalse();
    assertThat(answer.chains()).singleElement().returns(false, Why.Chain::changed);
    assertThat(last(answer))
        .isEqualTo(
            "line 19: WHERE Platform =~ \"Server\" was false: Platform = \"Microsoft Windows 10 Pro\"");
  }

  private static String last(Why.Answer answer) {
    List<String> steps = answer.chains().get(0).steps();
    return steps.get(steps.size() - 1);
  }

  @Test
  void resultsUnderAnotherNameAreFound() {
    Why.Answer answer = ask("label-both", "C.11c0ffee5a1e0001", "Server");

    assertThat(answer.chains()).hasSize(1);
    assertThat(last(answer))
        .isEqualTo(
            "source(artifact=\"Generic.Client.Info/BasicInformation\") read 0 rows because this"
                + " flow's results are named Custom.Generic.Client.Info/BasicInformation; see"
                + " Q-34");
  }

  @Test
  void theSecondAutomationIsExplainedForBothOutcomes() throws IOException {
    assertThat(text(ask("label-both", "C.11c0ffee5a1e0002", "Recent Threat Detection")))
        .isEqualTo(
            """
            C.11c0ffee5a1e0002 (BER-APP-02) has the label "Recent Threat Detection"
              labels before: (none)
              labels after:  Recent Threat Detection

            Custom.Automation.LabelDetections
              System.Flow.Completion #2 at 2026-03-09T08:02:00Z, flow F.D9A02
              - line 11: WHERE Flow.artifacts_with_results =~ "Custom.Generic.Client.Info/RecentDefenderDetections" passed: Flow.artifacts_with_results = ["Custom.Generic.Client.Info/BasicInformation","Custom.Generic.Client.Info/RecentDefenderDetections"]
              - line 9: label "Recent Threat Detection" set
            """);
    assertThat(last(ask("label-both", "C.11c0ffee5a1e0001", "Recent Threat Detection")))
        .isEqualTo(
            "line 11: WHERE Flow.artifacts_with_results =~"
                + " \"Custom.Generic.Client.Info/RecentDefenderDetections\" was false:"
                + " Flow.artifacts_with_results ="
                + " [\"Custom.Generic.Client.Info/BasicInformation\"]");
  }

  @Test
  void simulatedCollectionsAreExplainedLikeRecordedOnes() throws IOException {
    assertThat(text(ask("label-on-enrolment", "C.2b00000000000a01", "Server")))
        .isEqualTo(
            """
            C.2b00000000000a01 (MUC-DB-01) has the label "Server"
              labels before: (none)
              labels after:  Server

            Custom.Automation.LabelServers
              System.Flow.Completion #1 at 2026-03-16T07:00:00Z, flow F.301
              - line 14: WHERE Flow.artifacts_with_results =~ "Generic.Client.Info/BasicInformation" passed: Flow.artifacts_with_results = ["Generic.Client.Info/BasicInformation","Generic.Client.Info/DetailedInfo","Generic.Client.Info/WindowsInfo","Generic.Client.Info/Users"]
              - source(artifact="Generic.Client.Info/BasicInformation") read 1 row
              - line 19: WHERE Platform =~ "Server" passed: Platform = "Microsoft Windows Server 2022 Standard"
              - line 21: label "Server" set
            """);
    assertThat(last(ask("label-on-enrolment", "C.2b00000000000a03", "Server")))
        .isEqualTo("line 19: WHERE Platform =~ \"Server\" was false: Platform = \"ubuntu\"");
    assertThat(last(ask("defender-detections", "C.5e1f000000000002", "Recent Threat Detection")))
        .contains("RecentDefenderDetections\" was false: Flow.artifacts_with_results = [");
  }

  @Test
  void labelsThatNoRuleSetAreExplainedToo() throws IOException {
    assertThat(text(ask("defender-detections", "C.5e1f000000000001", "sales")))
        .endsWith(
            """

            (server)
              System.Flow.Completion #1 at 2026-03-10T09:00:00Z, flow F.401
              - label "Sales" set
            """);
    assertThat(text(ask("hunt-by-label", "C.2b00000000000a03", "Server")))
        .endsWith(
            """

            (server)
              - label "Server" set at 2026-03-16T08:00:00Z
              - label "Server" removed at 2026-03-16T08:30:00Z
            """);
  }

  @Test
  void aClientWithoutEventsIsToldSo() throws IOException {
    Why.Answer answer = ask("label-servers", "C.ef4c0d2a7b8196e3", null);
    assertThat(last(answer)).isEqualTo("none of the 16 events was about this client");

    assertThat(text(ask("label-servers", "C.nobody", null)))
        .startsWith("C.nobody is not known: the fleet has no record of it");
  }

  @Test
  void theAnswerIsJsonToo() {
    String json = WhyText.json(ask("label-servers", "C.17c83d5e02af9b64", "Server"));

    assertThat(json)
        .contains("\"labelled\": true", "\"flow_id\": \"F.C6M2A02\"")
        .contains("which left the client as it was");
  }
}
