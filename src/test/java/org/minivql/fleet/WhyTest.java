package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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
