package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.testing.Reliability;

/** Three rules over a hundred thousand clients and a million flows, in a small heap. */
@Tag("soak")
class LargeFleetTest {
  private static final int CLIENTS = Integer.getInteger("vql.soak.clients", 100_000);
  private static final int FLOWS = 10;

  @TempDir Path folder;

  @Test
  void aPlanStreams() throws IOException, InterruptedException {
    Path fleet = folder.resolve("fleet");
    LargeFleet.write(fleet, CLIENTS, FLOWS);
    Path log = folder.resolve("log.txt");
    Path plan = folder.resolve("plan.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.minivql.cli.Main", "plan"));
    for (String rule : List.of("LabelServers", "LabelDetections", "OwnerMetadata")) {
      command.add("queries/artifacts/Custom.Automation." + rule + ".yaml");
    }
    command.addAll(List.of("--fleet", fleet.toString(), "--output", plan.toString()));

    int status = new ProcessBuilder(command).redirectError(log.toFile()).start().waitFor();

    String said = Files.readString(log);
    assertThat(status).as(said).isZero();
    System.err.println(said);
    assertThat(said).contains("events/s");
    assertThat(plan)
        .content()
        .contains(
            "Rule Custom.Automation.LabelServers: " + CLIENTS * FLOWS + " events seen, ",
            "  +Server: " + LargeFleet.servers(CLIENTS) + " clients\n",
            "  +Recent Threat Detection: " + LargeFleet.detections(CLIENTS) + " clients\n");
    Reliability.record(
        "Memory, -Xmx512m: a plan of three rules over a large fleet",
        "once, " + CLIENTS + " clients, " + CLIENTS * FLOWS + " flows",
        "the right labels on the right clients");
  }
}
