package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.fleet.play.Rehearsal;
import org.minivql.fleet.play.World;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Origin;
import org.minivql.registry.store.DurableStore;
import org.minivql.testing.TempFolders;
import org.minivql.value.Dict;

/** What a plan says is what happens when it is carried out. */
class PlanProperties {
  private static final int CLIENTS = 4;

  /**
   * Something that happens to a client.
   *
   * @param label set, or removed, or the name of its metadata
   */
  private record Happening(int client, String kind, String label) {
    String step() {
      String id = "\"client\":\"C.0" + client + "\"";
      return switch (kind) {
        case "metadata" -> "\"do\":\"metadata\"," + id + ",\"set\":{\"" + label + "\":\"v\"}";
        case "checkin" -> "\"do\":\"checkin\"," + id;
        default -> "\"do\":\"label\"," + id + ",\"" + kind + "\":[\"" + label + "\"]";
      };
    }
  }

  @Provide
  Arbitrary<List<Happening>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, CLIENTS - 1),
            Arbitraries.of("set", "set", "remove", "metadata", "checkin"),
            Arbitraries.of("a", "A", "b", "Tier 1"))
        .as(Happening::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  /** Labels by label, by metadata, and away again. */
  private static TestFleet fleet(Path folder, List<Happening> happenings) {
    TestFleet fleet =
        new TestFleet(folder)
            .rule(
                "Follow",
                "SELECT label(client_id=client_id, labels=\"follows \" + Label, op=\"set\") AS L "
                    + RecordQuirksTest.from(RecordQuirksTest.LABEL)
                    + "\nWHERE Operation = \"Add\" AND NOT Label =~ \"follows\"")
            .rule(
                "Tag",
                "SELECT label(client_id=client_id, labels=updated_keys, op=\"set\") AS L,\n"
                    + " client_set_metadata(client_id=client_id, seen=\"yes\") AS M "
                    + RecordQuirksTest.from(RecordQuirksTest.METADATA))
            .rule(
                "Clean",
                "SELECT label(client_id=client_id, labels=\"follows \" + Label, op=\"remove\") AS L "
                    + RecordQuirksTest.from(RecordQuirksTest.LABEL)
                    + "\nWHERE Operation = \"Remove\" AND NOT Label =~ \"follows\"");
    for (int i = 0; i < CLIENTS; i++) {
      fleet.client("C.0" + i, "\"labels\":" + (i == 0 ? "[\"A\",\"old\"]" : "[]"));
    }
    happenings.forEach(happening -> fleet.step(happening.step()));
    return fleet;
  }

  @Property(tries = 40)
  void carryingOutAPlanGivesWhatItSaid(@ForAll("histories") List<Happening> happenings)
      throws IOException {
    Path folder = Files.createTempDirectory("plan");
    try (FleetDirectory fleet = fleet(folder.resolve("fleet"), happenings).open();
        DurableStore store = DurableStore.open(folder.resolve("store"))) {
      Plan plan = new DryRun(fleet, List.of()).plan();
      ServerModel server =
          ServerModel.builder(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).store(store).build();
      Map<String, List<String>> expected = new TreeMap<>();
      fleet.clients(
          row -> {
            ClientRecord record = ClientRecord.of(row);
            server.clients().load(record);
            expected.put(record.clientId(), record.labels());
          });
      plan.clients().forEach(client -> expected.put(client.clientId(), client.after()));

      for (Change change : plan.changes()) {
        assertThat(carryOut(server, change)).as(change.toString()).isEqualTo(change.effective());
      }

      Map<String, List<String>> labels = new TreeMap<>();
      server.clients().each(record -> labels.put(record.clientId(), record.labels()) == null);
      assertThat(labels).isEqualTo(expected);
      assertThat(metadata(server)).isEqualTo(playedMetadata(fleet));
      assertThat(PlanJson.text(new DryRun(fleet, List.of()).plan())).isEqualTo(PlanJson.text(plan));
    } finally {
      TempFolders.delete(folder);
    }
  }

  private static Map<String, Dict> playedMetadata(FleetDirectory fleet) {
    Rehearsal run = new Rehearsal(fleet, List.of());
    try (World world = run.open(fleet.config().order())) {
      run.run(world);
      return metadata(world.model());
    }
  }

  private static Map<String, Dict> metadata(ServerModel server) {
    Map<String, Dict> metadata = new TreeMap<>();
    for (int i = 0; i < CLIENTS; i++) {
      metadata.put("C.0" + i, server.metadata().get("C.0" + i));
    }
    return metadata;
  }

  /** Whether it had an effect. */
  private static boolean carryOut(ServerModel server, Change change) {
    if (change.kind().equals("metadata")) {
      Dict before = server.metadata().get(change.clientId());
      server
          .metadata()
          .update(
              change.clientId(),
              m -> {
                Dict.Builder next = m.toBuilder();
                ((Dict) change.value()).forEach(next::set);
                return next.build();
              },
              Origin.SERVER);
      return !server.metadata().get(change.clientId()).equals(before);
    }
    String label = (String) change.value();
    return change.op().equals("set")
        ? server.labels().set(change.clientId(), label, Origin.SERVER)
        : server.labels().remove(change.clientId(), label, Origin.SERVER);
  }
}
