package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minivql.fleet.RecordQuirksTest.COMPLETION;
import static org.minivql.fleet.RecordQuirksTest.LABEL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.fleet.TestFleet.Played;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.plan.Plan;

/** A server and a workstation enrol: from the first contact to the labels. */
class WorkedExampleTest {
  private static final String SERVER = "C.1000000000000001";
  private static final String DESK = "C.1000000000000002";
  private static final String PUBLISHED = "Custom.Automation.LabelServers";
  private static final String REPAIRED = "Custom.Automation.LabelServersAnyInfo";
  private static final String DETECTIONS = "Custom.Automation.LabelDetections";

  @TempDir Path folder;

  private static String basic(String host, String platform, String labels) {
    return "{\"Name\":\"velociraptor\",\"BuildTime\":\"2026-01-10T00:00:00Z\","
        + "\"Version\":\"0.77.2\",\"build_url\":\"\",\"install_time\":1590930000,\"Labels\":"
        + labels
        + ",\"Hostname\":\""
        + host
        + "\",\"OS\":\"windows\",\"Architecture\":\"amd64\",\"Platform\":\""
        + platform
        + "\",\"PlatformVersion\":\"10.0.1\",\"KernelVersion\":\"10.0.1\",\"Fqdn\":\""
        + host
        + ".corp.example\",\"MACAddresses\":[\"00:50:56:aa:00:01\"]}\n";
  }

  private static String context(String prefix, long start, String stats, String... sources) {
    StringBuilder names = new StringBuilder();
    for (String source : sources) {
      names.append(names.length() == 0 ? "" : ",");
      names.append('"').append(prefix).append("Generic.Client.Info/").append(source).append('"');
    }
    return "{\"request\":{\"creator\":\"InterrogationService\",\"artifacts\":[\""
        + prefix
        + "Generic.Client.Info\"]},\"create_time\":"
        + (start - 1_000_000)
        + ",\"start_time\":"
        + start
        + ",\"active_time\":"
        + (start + 3_500_000)
        + ",\"total_collected_rows\":24,\"total_logs\":30,\"total_requests\":6,"
        + "\"execution_duration\":3500000000,\"state\":\"FINISHED\",\"artifacts_with_results\":["
        + names
        + "]"
        + stats
        + "}";
  }

  private static String stats(String prefix) {
    String name = prefix + "Generic.Client.Info/BasicInformation";
    return ",\"query_stats\":[{\"duration\":120000000,\"last_active\":1590938886120000,"
        + "\"first_active\":1590938886000000,\"names_with_response\":[\""
        + name
        + "\"],\"Artifact\":\""
        + name
        + "\",\"log_rows\":5,\"result_rows\":1,\"query_id\":1,\"total_queries\":6}]";
  }

  private TestFleet fleet(String prefix, String... rules) throws IOException {
    TestFleet fleet = new TestFleet(folder).start(1_590_938_885);
    for (String rule : rules) {
      String yaml = Files.readString(Path.of("queries/artifacts/" + rule + ".yaml"));
      fleet.rule(rule, "SELECT * FROM scope()").file("artifacts/" + rule + ".yaml", yaml);
    }
    if (!prefix.isEmpty()) {
      fleet.artifact(
          "Custom.Generic.Client.Info",
          "sources:\n"
              + "  - {name: BasicInformation, query: SELECT * FROM info()}\n"
              + "  - {name: RecentDefenderDetections, query: SELECT * FROM info()}\n");
    }
    String results = "results/" + prefix + "Generic.Client.Info%2F";
    fleet.file(
        "flows/" + SERVER + "/F.01/context.json",
        context(
            prefix,
            1590938886000000L,
            stats(prefix),
            "BasicInformation",
            "DetailedInfo",
            "WindowsInfo",
            "Users"));
    fleet.file(
        "flows/" + SERVER + "/F.01/" + results + "BasicInformation.jsonl",
        basic("DC-01", "Microsoft Windows Server 2019 Datacenter", "null"));
    fleet.file(
        "flows/" + DESK + "/F.02/context.json",
        context(prefix, 1590938888000000L, "", "BasicInformation", "RecentDefenderDetections"));
    fleet.file(
        "flows/" + DESK + "/F.02/" + results + "BasicInformation.jsonl",
        basic("WS-042", "Microsoft Windows 11 Enterprise", "[\"Finance\"]"));
    fleet.file(
        "flows/" + DESK + "/F.02/" + results + "RecentDefenderDetections.jsonl",
        "{\"EID\":1116,\"Title\":\"Windows Defender Threat Detected\"}\n");
    return fleet
        .step("\"at\":1590938885,\"do\":\"enrol\",\"client\":\"" + SERVER + "\"")
        .step("\"do\":\"enrol\",\"client\":\"" + DESK + "\"")
        .step(
            "\"at\":1590938890,\"do\":\"complete\",\"client\":\"" + SERVER + "\",\"flow\":\"F.01\"")
        .step(
            "\"at\":1590938892,\"do\":\"complete\",\"client\":\"" + DESK + "\",\"flow\":\"F.02\"");
  }

  private static String labels(String client, String labels) {
    return "{\"client_id\":\"" + client + "\",\"labels\":" + labels + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        PUBLISHED + "|Custom.|~~|[\"Finance\"]|2|0|1",
        REPAIRED + "|Custom.|[\"Server\"]|[\"Finance\"]|2|1|0",
        DETECTIONS + "|Custom.|~~|[\"Finance\",\"Recent Threat Detection\"]|1|1|0",
        PUBLISHED + "|~~|[\"Server\"]|[\"Finance\"]|2|1|0",
      })
  void whoIsLabelledDependsOnTheRuleAndTheOverride(
      String rule,
      String prefix,
      String server,
      String desk,
      long matched,
      long rows,
      int overrides)
      throws IOException {
    Played played = fleet(prefix, rule).play();

    assertThat(played.labels())
        .contains(labels(DESK, desk))
        .hasSize(server.isEmpty() ? 1 : 2)
        .allMatch(line -> !line.contains(SERVER) || line.equals(labels(SERVER, server)));
    assertThat(played.plan().rules())
        .singleElement()
        .returns(2L, Plan.RuleReport::eventsSeen)
        .returns(matched, Plan.RuleReport::eventsMatched)
        .returns(rows, Plan.RuleReport::rows)
        .returns(0L, Plan.RuleReport::errors);
    assertThat(played.warnings("Q-34")).hasSize(overrides);
  }

  @Test
  void theWarningAboutTheOverrideIsGivenOnceWithACount() throws IOException {
    Played played = fleet("Custom.", PUBLISHED).play();

    played.warned("Q-34", PUBLISHED, 2);
  }

  @Test
  void theEventsAreThoseOfAServer() throws IOException {
    Played played =
        fleet("Custom.", REPAIRED, DETECTIONS)
            .rule(
                "Stamps",
                "SELECT Timestamp, _ts AS Ts, _Source AS Source, FlowId, ClientId\n"
                    + RecordQuirksTest.from(COMPLETION))
            .rule(
                "Contacts",
                "SELECT ClientId, _ts AS Ts, _Source AS Source\n"
                    + RecordQuirksTest.from("Server.Internal.Enrollment"))
            .rule(
                "Labels",
                "SELECT client_id, Operation, Label, _ts AS Ts, _Source AS Source\n"
                    + RecordQuirksTest.from(LABEL))
            .play("Server.Internal.Enrollment", COMPLETION, LABEL);

    assertThat(played.events().get("Server.Internal.Enrollment"))
        .containsExactly("{\"ClientId\":\"" + SERVER + "\"}", "{\"ClientId\":\"" + DESK + "\"}");
    assertThat(played.events().get(COMPLETION).get(0))
        .isEqualTo(
            "{\"Timestamp\":1590938890,\"Flow\":{\"client_id\":\"C.1000000000000001\","
                + "\"session_id\":\"F.01\",\"start_time\":1590938886000000,"
                + "\"active_time\":1590938889500000,\"total_collected_rows\":24,"
                + "\"total_logs\":30,\"total_requests\":6,\"execution_duration\":3500000000,"
                + "\"state\":2,\"artifacts_with_results\":["
                + "\"Custom.Generic.Client.Info/BasicInformation\","
                + "\"Custom.Generic.Client.Info/DetailedInfo\","
                + "\"Custom.Generic.Client.Info/WindowsInfo\","
                + "\"Custom.Generic.Client.Info/Users\"],\"query_stats\":[{"
                + stats("Custom.").substring(",\"query_stats\":[{".length())
                + "},\"FlowId\":\"F.01\",\"ClientId\":\"C.1000000000000001\"}");
    assertThat(played.rowsOf("Stamps"))
        .containsExactly(
            "{\"Timestamp\":1590938890,\"Ts\":1590938890,\"Source\":\"System.Flow.Completion\","
                + "\"FlowId\":\"F.01\",\"ClientId\":\"C.1000000000000001\"}",
            "{\"Timestamp\":1590938892,\"Ts\":1590938892,\"Source\":\"System.Flow.Completion\","
                + "\"FlowId\":\"F.02\",\"ClientId\":\"C.1000000000000002\"}");
    assertThat(played.rowsOf("Contacts")).containsExactly(contact(SERVER), contact(DESK));
    assertThat(played.rowsOf("Labels"))
        .containsExactly(
            labelled(SERVER, "Server", 890),
            labelled(DESK, "Finance", 892),
            labelled(DESK, "Recent Threat Detection", 892));
    assertThat(played.events().get(LABEL))
        .containsExactlyInAnyOrder(
            "{\"client_id\":\"" + DESK + "\",\"Operation\":\"Add\",\"Label\":\"Finance\"}",
            "{\"client_id\":\"" + SERVER + "\",\"Operation\":\"Add\",\"Label\":\"Server\"}",
            "{\"client_id\":\""
                + DESK
                + "\",\"Operation\":\"Add\",\"Label\":\"Recent Threat Detection\"}");
  }

  private static String contact(String client) {
    return "{\"ClientId\":\""
        + client
        + "\",\"Ts\":1590938885,\"Source\":\"Server.Internal.Enrollment\"}";
  }

  private static String labelled(String client, String label, int second) {
    return "{\"client_id\":\""
        + client
        + "\",\"Operation\":\"Add\",\"Label\":\""
        + label
        + "\",\"Ts\":1590938"
        + second
        + ",\"Source\":\"Server.Internal.Label\"}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "service_first|[\"Finance\",\"Recent Threat Detection\"]",
        "handler_first|[\"Recent Threat Detection\",\"Finance\"]"
      })
  void theOrderOfTheLabelsIsThatOfTheRace(String order, String desk) throws IOException {
    Played played =
        fleet("Custom.", REPAIRED, DETECTIONS)
            .settings("interrogation_order: " + order + "\n")
            .play();

    assertThat(played.labels()).containsExactly(labels(SERVER, "[\"Server\"]"), labels(DESK, desk));
  }

  @Test
  void aPlanOfBothOrdersSaysThatTheyDiffer() throws IOException {
    FleetDirectory fleet =
        fleet("Custom.", REPAIRED, DETECTIONS).settings("interrogation_order: both\n").open();

    assertThat(new DryRun(fleet, List.of()).plan().orderDependent()).isTrue();
  }
}
