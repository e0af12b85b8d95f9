package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.value.Dict;

/**
 * Puts into a server what a fleet has at its start. A server that kept clients from an earlier run
 * keeps to what it has of them, be it that one was deleted.
 */
final class Loading {
  // Each run begins with the same hunts, tables and flows, whatever an earlier one made of them.
  private static final List<String> OF_THE_RUN =
      List.of("last_hunt_timestamp", "last_event_table_version", "in_flight_flows", "has_tasks");

  private final FleetSource source;
  private final ServerModel model;
  private final Recorder recorder;

  Loading(FleetSource source, ServerModel model, Recorder recorder) {
    this.source = source;
    this.model = model;
    this.recorder = recorder;
  }

  /** The records, labels and metadata of clients. */
  void clients() {
    model
        .clients()
        .each(
            kept -> {
              recorder.initial(kept);
              begin(kept, ClientRecord.of(kept.clientId()));
              return true;
            });
    Set<String> given = new HashSet<>();
    source.clients(row -> client(ClientRecord.of(row), given));
    Set<String> described = new HashSet<>();
    source.metadata(row -> metadata(row, described));
  }

  private void client(ClientRecord record, Set<String> given) {
    String id = record.clientId();
    ClientRecord known = model.clients().knows(id) ? model.clients().get(id) : null;
    boolean first = given.add(id);
    once("record of", id, id, first);
    if (known != null && first) {
      begin(known, record);
    } else if (!model.forgot(id)) {
      model.clients().load(record);
      recorder.initial(record);
    }
  }

  /** What is only true during a run is as the fleet says. */
  private void begin(ClientRecord kept, ClientRecord given) {
    ClientRecord record = kept;
    for (String field : OF_THE_RUN) {
      record = record.with(field, given.fields().get(field));
    }
    if (!record.equals(kept)) {
      model.clients().load(record);
    }
  }

  private void metadata(Dict row, Set<String> described) {
    String id = (String) row.get("client_id");
    boolean first = described.add(id);
    once("entry of metadata of", id, id, first);
    boolean kept = first && model.metadata().knows(id);
    if (!kept && !model.forgot(id) && row.get("metadata") instanceof Dict metadata) {
      model.metadata().load(id, World.texts(metadata));
    }
  }

  /** The hunts; answers which were not running. */
  Set<String> hunts() {
    Set<String> idle = new HashSet<>();
    source.hunts(
        row -> {
          String huntId = (String) row.get("hunt_id");
          once("record of hunt", huntId, null, model.hunts().get(huntId) == null);
          List<String> participants = new ArrayList<>();
          if (row.get("participants") instanceof List<?> ids) {
            ids.forEach(id -> participants.add(String.valueOf(id)));
          }
          List<?> members = row.get("members") instanceof List<?> list ? list : List.of();
          for (Object member : members) {
            if (!(((Dict) member).get("FlowId") instanceof String)) {
              participants.add(String.valueOf(((Dict) member).get("ClientId")));
            }
          }
          Dict hunt = row.toBuilder().remove("participants").remove("members").build();
          model.hunts().load(hunt, participants);
          if (!"RUNNING".equals(model.hunts().get(huntId).get("state"))) {
            idle.add(huntId);
          }
          members.forEach(member -> join(hunt, (Dict) member));
        });
    return idle;
  }

  private void join(Dict hunt, Dict member) {
    if (member.get("FlowId") instanceof String flowId) {
      String clientId = String.valueOf(member.get("ClientId"));
      model.hunts().load((String) hunt.get("hunt_id"), clientId, flowId);
    }
  }

  private void once(String what, String id, String clientId, boolean first) {
    if (!first) {
      String message = "there is more than one " + what + " " + id + "; the last one counts";
      model.quirks().warn("W-TWICE", null, clientId, message);
    }
  }
}
