package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minivql.fleet.RecordQuirksTest.COMPLETION;
import static org.minivql.fleet.RecordQuirksTest.from;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.TestFleet.Played;

/** What hosts answer to collections as their descriptions say, and what happens in scripts. */
class SimulatedHostTest {
  private static final String HOST = "hosts/C.1/";

  @TempDir Path folder;
  private TestFleet fleet;

  @BeforeEach
  void fleet() {
    fleet =
        new TestFleet(folder)
            .client("C.1")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(COMPLETION)
                    + " }, query={ SELECT * FROM foreach(row=Flow.artifacts_with_results, query={\n"
                    + "  SELECT * FROM source(client_id=ClientId,"
                    + " flow_id=FlowId, artifact=_value) }) })");
  }

  private List<String> collected(String query) {
    return fleet
        .artifact("Shop.Till", "sources:\n  - query: |\n" + query.indent(6))
        .step("\"do\":\"collect\",\"client\":\"C.1\",\"artifacts\":[\"Shop.Till\"]")
        .play()
        .rowsOf("R");
  }

  @Test
  void theFirstAnswerThatFitsCountsAndThoseLikeItTakeTurns() {
    fleet.file(
        HOST + "mocks/drawer.jsonl",
        "{\"args\":{\"of\":\"a\"},\"rows\":[{\"V\":\"a\"}]}\n"
            + "{\"rows\":[{\"V\":1}]}\n{\"args\":{\"of\":\"b\"},\"rows\":[]}\n{\"rows\":[{\"V\":2}]}\n");

    assertThat(
            collected(
                "SELECT V FROM chain(a={ SELECT * FROM drawer(of='a', more=1) },"
                    + " b={ SELECT * FROM drawer(of='a') },\n"
                    + " c={ SELECT * FROM drawer(of='b') }, d={ SELECT * FROM drawer(of='c') },"
                    + " e={ SELECT * FROM drawer() })"))
        .containsExactly("{\"V\":\"a\"}", "{\"V\":\"a\"}", "{\"V\":1}", "{\"V\":2}", "{\"V\":1}");
  }

  @Test
  void membersOfTheConfigurationHaveTwoNames() {
    fleet.file(
        HOST + "config.json",
        "{\"Version\":{\"name\":\"v\",\"build_time\":\"t\",\"ci_build_url\":\"u\"},\"Labels\":[\"L\"]}");

    assertThat(
            collected(
                "SELECT config.Version.Name AS A, config.Version.BuildTime AS B,"
                    + " config.Version.build_time AS C, config.Version.CiBuildUrl AS D,\n"
                    + " config.Labels AS E, config.Version.Nothing AS F, config.Version AS G"
                    + " FROM scope()"))
        .containsExactly(
            "{\"A\":\"v\",\"B\":\"t\",\"C\":\"t\",\"D\":\"u\",\"E\":[\"L\"],\"F\":null,"
                + "\"G\":{\"name\":\"v\",\"build_time\":\"t\",\"ci_build_url\":\"u\"}}");
  }

  @Test
  void aHostWithoutEventLogsHasNotThoseOfThisMachine() {
    Played played =
        fleet
            .file(HOST + "info.json", "{\"OS\":\"windows\"}")
            .rule(
                "Log",
                "SELECT * FROM foreach(row={ SELECT * "
                    + from(COMPLETION)
                    + " }, query={ SELECT * FROM flow_logs(client_id=ClientId, flow_id=FlowId)"
                    + " WHERE message =~ 'open' })")
            .step(
                "\"do\":\"collect\",\"client\":\"C.1\",\"artifacts\":[\"Windows.Hayabusa.Rules\"]")
            .play();

    assertThat(played.rowsOf("R")).isEmpty();
    assertThat(played.rowsOf("Log")).isEmpty();
  }

  @Test
  void whatAWindowsHostSaysOfItself() {
    fleet
        .file("hosts/C.2/info.json", "{\"Hostname\":\"till\",\"OS\":\"windows\",\"More\":1}")
        .file(
            "hosts/C.2/config.json",
            "{\"Version\":{\"name\":\"v\",\"version\":\"1\",\"install_time\":5}}")
        .file(
            "hosts/C.2/mocks/wmi.jsonl",
            "{\"args\":{\"query\":\"SELECT * FROM Win32_ComputerSystem\"},\"rows\":[{\"DNSHostName\":"
                + "\"till\",\"Name\":\"TILL\",\"Domain\":\"shop\",\"TotalPhysicalMemory\":\"5\","
                + "\"DomainRole\":3,\"Other\":1}]}\n"
                + "{\"args\":{\"query\":\"SELECT * FROM Win32_NetworkAdapterConfiguration\"},\"rows\":[{"
                + "\"Caption\":\"c\",\"IPAddress\":[\"10.0.0.1\",\"fe80::1\"],\"IPSubnet\":[\"255.0.0.0\"],"
                + "\"MACAddress\":\"m\",\"DefaultIPGateway\":[\"10.0.0.2\"],\"DNSHostName\":\"till\","
                + "\"DNSServerSearchOrder\":[\"1.1.1.1\",\"8.8.8.8\"]},{\"Caption\":\"unplugged\"}]}\n"
                + "{\"rows\":[{\"Name\":\"eve\",\"Description\":\"d\",\"LastUseTime\":\"2020-01-02\"}]}\n")
        .step("\"do\":\"enrol\",\"client\":\"C.2\"");

    assertThat(fleet.play().rowsOf("R"))
        .containsExactly(
            "{\"Name\":\"v\",\"BuildTime\":null,\"Version\":\"1\",\"build_url\":null,\"install_time\":5,"
                + "\"Labels\":null,\"Hostname\":\"till\",\"OS\":\"windows\",\"Architecture\":null,"
                + "\"Platform\":null,\"PlatformVersion\":null,\"KernelVersion\":null,\"Fqdn\":null,"
                + "\"MACAddresses\":[]}",
            "{\"Param\":\"Hostname\",\"Value\":\"till\"}",
            "{\"Param\":\"OS\",\"Value\":\"windows\"}",
            "{\"Param\":\"More\",\"Value\":1}",
            "{\"Computer Info\":[{\"DNSHostName\":\"till\",\"Name\":\"TILL\",\"Domain\":\"shop\","
                + "\"TotalPhysicalMemory\":\"5\",\"DomainRole\":\"Member Server\"}],\"Network Info\":[{"
                + "\"Caption\":\"c\",\"IPAddresses\":\"10.0.0.1, fe80::1\",\"IPSubnet\":\"255.0.0.0\","
                + "\"MACAddress\":\"m\",\"DefaultIPGateway\":\"10.0.0.2\",\"DNSHostName\":\"till\","
                + "\"DNSServerSearchOrder\":\"1.1.1.1, 8.8.8.8\"}]}",
            "{\"Name\":\"eve\",\"Description\":\"d\",\"LastLogin\":\"2020-01-02\"}");
  }

  @Test
  void whatALinuxHostSaysOfItself() {
    fleet
        .file("hosts/C.2/info.json", "{\"OS\":\"linux\"}")
        .file(
            "hosts/C.2/interfaces.jsonl",
            "{\"Name\":\"lo\",\"HardwareAddr\":\"\",\"HardwareAddrString\":\"\"}\n{\"Name\":\"eth0\","
                + "\"HardwareAddr\":\"x\",\"HardwareAddrString\":\"00:01\",\"Up\":\"Y\","
                + "\"PointToPoint\":\"N\",\"AddrsString\":[\"10.0.0.1/8\"]}\n")
        .file(
            "hosts/C.2/mocks/sysinfo.jsonl",
            "{\"rows\":[{\"Totalram\":1,\"Freeram\":2,\"Sharedram\":3,\"Totalswap\":4,\"Freeswap\":5}]}")
        .step("\"do\":\"enrol\",\"client\":\"C.2\"");

    assertThat(fleet.play().rowsOf("R"))
        .hasSize(3)
        .contains(
            "{\"Computer Info\":[{\"TotalPhysicalMemory\":1,\"TotalFreeMemory\":2,"
                + "\"TotalSharedMemory\":3,\"TotalSwap\":4,\"FreeSwap\":5}],\"Network Info\":[{"
                + "\"Name\":\"eth0\",\"MACAddress\":\"00:01\",\"Up\":\"Y\",\"PointToPoint\":\"N\","
                + "\"IPAddresses\":[\"10.0.0.1/8\"]}]}");
  }

  @Test
  void aTableMayBeGivenByItsArtifactsAlone() {
    fleet =
        new TestFleet(folder)
            .client("C.1")
            .artifact(
                "Late",
                "type: SERVER_EVENT\nsources:\n  - query: SELECT Label "
                    + from(RecordQuirksTest.LABEL)
                    + "\n")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":\"a\"")
            .step("\"do\":\"table\",\"which\":\"server\",\"artifacts\":[\"Late\"]")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":\"b\"")
            .step("\"do\":\"table\",\"which\":\"client\",\"artifacts\":[\"Generic.Client.Stats\"]");
    Played played = fleet.play("Late");

    assertThat(played.events().get("Late")).containsExactly("{\"Label\":\"b\"}");
    assertThat(played.plan().changes())
        .filteredOn(change -> change.kind().equals("table"))
        .extracting(change -> change.value())
        .containsExactly("server", "client");
  }

  @Test
  void whoIsNotKnownCannotCheckIn() {
    Played played = fleet.steps(2, "\"do\":\"checkin\",\"client\":\"C.9\"").play();

    played.warned("W-UNKNOWN-CLIENT", null, 2);
  }

  private List<String> logged(String definition) {
    return fleet
        .file(HOST + "info.json", "{\"OS\":\"linux\"}")
        .rule(
            "Log",
            "SELECT * FROM foreach(row={ SELECT * "
                + from(COMPLETION)
                + " }, query={ SELECT level + ' ' + message AS L"
                + " FROM flow_logs(client_id=ClientId, flow_id=FlowId) })")
        .artifact("Shop.Till", definition)
        .step("\"do\":\"collect\",\"client\":\"C.1\",\"artifacts\":[\"Shop.Till\"]")
        .play()
        .rowsOf("Log");
  }

  @Test
  void theLogOfAFlowTellsOfThePartsInWhichItsRowsWereSent() {
    assertThat(
            logged(
                "resources: {max_batch_rows: 2}\nsources:\n"
                    + "  - name: Coins\n    query: |\n"
                    + "      SELECT format(format='%03d', args=_value) AS Coin FROM range(end=5)\n"
                    + "  - name: Notes\n    query: SELECT * FROM scope() WHERE FALSE\n"
                    + "    precondition: SELECT * FROM info() WHERE OS = 'linux'\n"
                    + "  - name: Cheques\n    query: SELECT * FROM scope()\n"
                    + "    precondition: SELECT * FROM info() WHERE OS = 'windows'\n"))
        .containsExactly(
            line("INFO Starting query execution for Shop.Till/Coins.\\n"),
            line(
                "DEFAULT Shop.Till: Time 0: Shop.Till/Coins: Sending response part 0 30 B (2 rows)."),
            line(
                "DEFAULT Shop.Till: Time 0: Shop.Till/Coins: Sending response part 1 30 B (2 rows)."),
            line(
                "DEFAULT Shop.Till: Time 0: Shop.Till/Coins: Sending response part 2 15 B (1 rows)."),
            line("INFO Collection Shop.Till is done after 0s\\n"),
            line(statistics(5, 1, 5)),
            line("INFO Starting query execution for Shop.Till/Notes.\\n"),
            line("INFO Collection Shop.Till is done after 0s\\n"),
            line(statistics(2, 2, 0)),
            line("INFO Starting query execution for Shop.Till/Cheques.\\n"),
            line("INFO Shop.Till: Skipping query due to preconditions\\n"),
            line("INFO Collection Shop.Till is done after 0s\\n"),
            line(statistics(1, 1, 0)));
  }

  private static String line(String text) {
    return "{\"L\":\"" + text + "\"}";
  }

  private static String statistics(int rows, int plugins, int functions) {
    return ("DEBUG Query Stats: {'RowsScanned':%d,'PluginsCalled':%d,'FunctionsCalled':%d,"
            + "'ProtocolSearch':0,'ScopeCopy':0}\\n")
        .formatted(rows, plugins, functions)
        .replace("'", "\\\"");
  }

  @Test
  void whatAQueryHasWhenItsTimeIsOverIsSent() {
    List<String> lines =
        logged(
            "resources: {timeout: 250}\nsources:\n  - query: |\n"
                + "      SELECT _value AS V, sleep(time=60) AS S FROM range(end=9)\n");

    assertThat(lines.subList(0, lines.size() - 1))
        .containsExactly(
            line("INFO Starting query execution for Shop.Till.\\n"),
            line("DEFAULT Shop.Till: Time 100: Shop.Till: Sending response part 0 17 B (1 rows)."),
            line("DEFAULT Shop.Till: Time 200: Shop.Till: Sending response part 1 34 B (2 rows)."),
            line("ERROR Query timed out after 250 seconds\\n"),
            line("DEFAULT Shop.Till: Time 250: Shop.Till: Sending response part 2 34 B (2 rows)."),
            line("INFO Collection Shop.Till is done after 4m10s\\n"));
  }

  @Test
  void aQueryThatWaitsForEventsTimesOut() {
    assertThat(
            logged(
                "sources:\n  - query: SELECT * FROM watch_monitoring(artifact='"
                    + COMPLETION
                    + "')"))
        .startsWith(
            line("INFO Starting query execution for Shop.Till.\\n"),
            line("ERROR Query timed out after 600 seconds\\n"),
            line("INFO Collection Shop.Till is done after 10m0s\\n"));
  }

  @Test
  void aQueryThatWaitsForAReaderThatNeverComesTimesOut() {
    assertThat(
            logged(
                "sources:\n  - query: |\n"
                    + "      LET G = generate(fan_out=2, query={ SELECT * FROM range(end=2) })\n"
                    + "      SELECT * FROM G\n"))
        .startsWith(
            line("INFO Starting query execution for Shop.Till.\\n"),
            line("ERROR Query timed out after 600 seconds\\n"),
            line("INFO Collection Shop.Till is done after 10m0s\\n"));
  }

  @Test
  void theLogOfAFlowCountsUploads() {
    assertThat(
            logged(
                "sources:\n  - query: |\n"
                    + "      SELECT upload(accessor='data', file='x', name=_value) AS U"
                    + " FROM foreach(row=['a', 'b'])\n"))
        .contains(line("DEFAULT Shop.Till: Uploaded 2 files."));
  }
}
