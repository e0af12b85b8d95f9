package org.minivql.fleet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a fleet of any size: each client was interrogated once and ran other collections since.
 */
final class LargeFleet {
  private static final long START = 1_772_431_200L;

  private final Path root;
  private final int clients;
  private final int flows;

  private LargeFleet(Path root, int clients, int flows) {
    this.root = root;
    this.clients = clients;
    this.flows = flows;
  }

  /**
   * Writes the fleet.
   *
   * @param flows how many each client has
   */
  static void write(Path root, int clients, int flows) throws IOException {
    new LargeFleet(root, clients, flows).write();
  }

  /** How many of the clients run a server. */
  static int servers(int clients) {
    return (clients + 9) / 10;
  }

  /** How many of the clients had detections. */
  static int detections(int clients) {
    return (clients + 99) / 100;
  }

  private static String client(int number) {
    return String.format(Locale.ROOT, "C.%016x", number);
  }

  private void write() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("fleet.yaml"), "clock_start: " + START + "\n");
    try (BufferedWriter out = Files.newBufferedWriter(root.resolve("clients.jsonl"))) {
      for (int i = 0; i < clients; i++) {
        out.write(
            String.format(
                Locale.ROOT,
                "{\"client_id\":\"%s\",\"hostname\":\"host-%06d\","
                    + "\"fqdn\":\"host-%06d.corp.example\",\"system\":\"windows\","
                    + "\"architecture\":\"amd64\",\"ip_address\":\"10.0.0.1:%d\","
                    + "\"first_seen_at\":%d,\"labels\":[\"Site %d\"]}%n",
                client(i),
                i,
                i,
                i,
                START - i,
                i % 50));
      }
    }
    for (int i = 0; i < clients; i++) {
      flows(i);
    }
  }

  private void flows(int client) throws IOException {
    Path folder = root.resolve("flows").resolve(client(client));
    for (int n = 0; n < flows; n++) {
      Path flow = folder.resolve(String.format(Locale.ROOT, "F.%08X%02X", client, n));
      Path results = flow.resolve("results");
      Files.createDirectories(n == 0 ? results : flow);
      Files.writeString(flow.resolve("context.json"), context(client, n));
      if (n == 0) {
        Files.writeString(
            results.resolve("Generic.Client.Info%2FBasicInformation.jsonl"), basic(client));
        if (client % 100 == 0) {
          Files.writeString(
              results.resolve("Custom.Generic.Client.Info%2FRecentDefenderDetections.jsonl"),
              "{\"EID\":1116,\"Title\":\"Threat\"}\n");
        }
      }
    }
  }

  private static String context(int client, int n) {
    long end = (START + n * 3600L) * 1_000_000 + client;
    String artifact = n == 0 ? "Generic.Client.Info" : "Windows.System.Pslist";
    String results = n == 0 ? "" : "\"artifacts_with_results\":[\"" + artifact + "\"],";
    String rows = n == 0 ? "" : "\"total_collected_rows\":120,";
    return String.format(
        Locale.ROOT,
        "{\"request\":{\"creator\":\"admin\",\"artifacts\":[\"%s\"]},\"create_time\":%d,"
            + "\"start_time\":%d,\"active_time\":%d,%s%s\"total_logs\":4,"
            + "\"total_uploaded_files\":0,\"state\":\"FINISHED\"}%n",
        artifact,
        end - 2_000_000,
        end - 1_000_000,
        end,
        results,
        rows);
  }

  private static String basic(int client) {
    String platform =
        client % 10 == 0 ? "Microsoft Windows Server 2022" : "Microsoft Windows 11 Enterprise";
    return String.format(
        Locale.ROOT,
        "{\"Name\":\"velociraptor\",\"BuildTime\":\"2026-01-10T00:00:00Z\",\"Version\":\"0.77.2\","
            + "\"Labels\":null,\"Hostname\":\"host-%06d\",\"OS\":\"windows\","
            + "\"Architecture\":\"amd64\",\"Platform\":\"%s\",\"PlatformVersion\":\"10.0\","
            + "\"Fqdn\":\"host-%06d.corp.example\",\"MACAddresses\":[\"00:50:56:9c:10:02\"]}%n",
        client,
        platform,
        client);
  }
}
