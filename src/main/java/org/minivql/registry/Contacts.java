package org.minivql.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.flow.Flows;
import org.minivql.registry.record.Units;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * What happens when clients connect: each gets its event table, the hunts started since and the
 * flows that wait for it, and the server tells what it has noted about the client.
 *
 * @since 0.1.0
 */
public final class Contacts {
  /** The queue of what was noted about clients that connected. */
  public static final String PING = "Server.Internal.ClientPing";

  /** The queue of flows that were given to clients. */
  public static final String SCHEDULED = "Server.Internal.ClientScheduled";

  /** The queue that tells when the records of all clients were written. */
  public static final String SNAPSHOT = "Server.Internal.ClientInfoSnapshot";

  private static final String TASKS = "tasks";
  private static final long WRITE_SECONDS = 300;
  private static final Shape GIVEN = Shape.of("ClientId", "InFlight");
  private static final Shape NOTED = Shape.of("Mutation", "From");
  private static final Shape MUTATION =
      Shape.of("Ping", "IpAddress", "LastHuntTimestamp", "LastEventTableVersion");

  private final ServerModel model;
  private final Store store;
  private final Clock clock;
  private final long start;
  private long periods;

  Contacts(ServerModel model, Store store, Clock clock) {
    this.model = model;
    this.store = store;
    this.clock = clock;
    this.start = clock.instant().getEpochSecond();
    model.flows().onScheduled(this::waits);
    model.bus().listen(Flows.COMPLETION, EventBus.Phase.LAST, this::completed);
  }

  private void waits(Dict flow) {
    if (flow.get("client_id").equals(ClientRecord.SERVER)) {
      return;
    }
    store.put(TASKS, flow.get("client_id") + "/" + flow.get("session_id"), true);
  }

  /** A client connects; nothing happens for one that has no record. */
  public void checkIn(String clientId) {
    ClientRecord before = model.clients().get(clientId);
    if (before == null) {
      return;
    }
    long now = Units.micros(clock.instant());
    model.clients().update(clientId, record -> record.with("ping", now));
    model.tables().checkIn(clientId);
    model.hunts().checkIn(clientId);
    handOver(clientId);
    tell(before, model.clients().get(clientId));
  }

  /** Gives a client the flows that wait for it, and tells which these are. */
  public void handOver(String clientId) {
    List<String> flowIds = new ArrayList<>();
    store.scan(
        TASKS, clientId + "/", (key, waiting) -> flowIds.add(key.substring(clientId.length() + 1)));
    flowIds.forEach(flowId -> store.remove(TASKS, clientId + "/" + flowId));
    flowIds.removeIf(flowId -> !isRunning(clientId, flowId));
    if (flowIds.isEmpty()) {
      return;
    }
    long now = clock.instant().getEpochSecond();
    for (String flowId : flowIds) {
      Dict flow = model.flows().get(clientId, flowId);
      model.flows().put(flow.toBuilder().replace("state", "WAITING").build());
    }
    model
        .clients()
        .update(
            clientId,
            record -> {
              Dict.Builder inFlight = inFlight(record).toBuilder();
              flowIds.forEach(flowId -> inFlight.set(flowId, now));
              return record.with("in_flight_flows", inFlight.build());
            });
    Dict payload = Dict.over(GIVEN, clientId, List.copyOf(flowIds));
    model.bus().publish(SCHEDULED, clientId, payload, Origin.SERVER);
  }

  /** Forgets the flows that wait for a client. */
  void forget(String clientId) {
    store.removeAll(TASKS, clientId + "/");
  }

  private boolean isRunning(String clientId, String flowId) {
    Dict flow = model.flows().get(clientId, flowId);
    return flow != null && flow.get("state").equals("RUNNING");
  }

  private static Dict inFlight(ClientRecord record) {
    return (Dict) record.fields().get("in_flight_flows");
  }

  private void completed(Event event) {
    ClientRecord client = model.clients().get(event.clientId());
    if (client != null
        && event.payload().get("FlowId") instanceof String flowId
        && inFlight(client).has(flowId)) {
      model
          .clients()
          .update(
              event.clientId(),
              record ->
                  record.with(
                      "in_flight_flows", inFlight(record).toBuilder().remove(flowId).build()));
    }
  }

  private void tell(ClientRecord before, ClientRecord after) {
    Dict mutation =
        Dict.over(
            MUTATION,
            changed(before, after, "ping"),
            changed(before, after, "ip_address"),
            changed(before, after, "last_hunt_timestamp"),
            changed(before, after, "last_event_table_version"));
    Dict payload = Dict.over(NOTED, mutation, model.ids().process());
    model.bus().publish(PING, after.clientId(), payload, Origin.SERVER);
  }

  /** The new value by the client's id, where it is new. */
  private static Dict changed(ClientRecord before, ClientRecord after, String field) {
    Object value = after.fields().get(field);
    return value.equals(before.fields().get(field)) ? Dict.of() : Dict.of(after.clientId(), value);
  }

  /** At the end of each period the records are written if one has changed, and that is told. */
  void write() {
    long now = (clock.instant().getEpochSecond() - start) / WRITE_SECONDS;
    if (now > periods && model.clients().takeChanged()) {
      Dict payload = Dict.of("From", model.ids().process());
      model.bus().publish(SNAPSHOT, ClientRecord.SERVER, payload, Origin.SERVER);
    }
    periods = now;
  }
}
