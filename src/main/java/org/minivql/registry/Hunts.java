package org.minivql.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.minivql.registry.client.Ids;
import org.minivql.registry.client.Labels;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.HuntLog;
import org.minivql.registry.event.Origin;
import org.minivql.registry.flow.Flows;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.registry.record.Units;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * The hunts, who takes part in them, and the service that decides about it.
 *
 * <p>A client is considered when it checks in, when it gets a label (hunts with included labels),
 * when it has been interrogated (hunts with an operating system) and when it is added by hand.
 *
 * @since 0.1.0
 */
public final class Hunts {
  /** The queue of new hunts. */
  public static final String CREATION = "System.Hunt.Creation";

  /** The queue of clients told to take part. */
  public static final String PARTICIPATION = "System.Hunt.Participation";

  /** The queue of what is to change in a hunt. */
  public static final String MODIFICATION = "Server.Internal.HuntModification";

  /** The queue of hunts that have changed. */
  public static final String UPDATE = "Server.Internal.HuntUpdate";

  private static final String TABLE = "hunts";
  private static final String CLIENTS = "hunt_clients";
  private static final Shape MEMBER = Shape.of("HuntId", "ClientId", "FlowId", "Timestamp");

  private final ServerModel model;
  private final Store store;
  private final Clock clock;
  private final HuntManager manager;
  private final HuntLog refusals = new HuntLog();
  private final HuntEvents events;

  /** When the next hunt expires; 0 while that is not known. */
  private volatile long nextExpiry;

  Hunts(ServerModel model, Store store, Clock clock) {
    this.model = model;
    this.store = store;
    this.clock = clock;
    manager = new HuntManager(model, this, clock);
    events = new HuntEvents(model, clock);
    model.bus().listen(Labels.QUEUE, EventBus.Phase.LAST, manager::labelled);
    model.bus().listen(Interrogation.INTERROGATION, EventBus.Phase.LAST, manager::interrogated);
    model.bus().listen(Flows.COMPLETION, EventBus.Phase.LAST, manager::completed);
  }

  /** A hunt with all fields, or null. */
  public Dict get(String huntId) {
    Object stored = store.get(TABLE, huntId);
    return stored == null ? null : Forms.HUNT.expand((Dict) stored);
  }

  /** Visits the hunts by id; false when the visitor stopped. */
  public boolean each(Predicate<Dict> visitor) {
    return store.scan(TABLE, "", (id, hunt) -> visitor.test(Forms.HUNT.expand((Dict) hunt)));
  }

  /** Adds a hunt as it is found on disk when a server starts; no event. */
  public void load(Dict hunt, List<String> participants) {
    Dict full = Forms.HUNT.expand(hunt);
    String huntId = (String) full.get("hunt_id");
    put(full);
    for (String clientId : participants) {
      record(huntId, clientId, Ids.huntFlow(huntId));
    }
  }

  /** Adds a participant as it is found on disk; no event. */
  public void load(String huntId, String clientId, String flowId) {
    record(huntId, clientId, flowId);
  }

  /**
   * Makes a new hunt and tells about it.
   *
   * @param given the fields of {@link Forms#HUNT} that are known; times and version are set here,
   *     and so is the id where there is none
   * @return the hunt with all fields
   */
  public Dict create(Dict given, Origin origin) {
    long now = Units.micros(clock.instant());
    String huntId = given.get("hunt_id") instanceof String id ? id : freeId(List.of());
    boolean running = "RUNNING".equals(given.get("state"));
    Dict hunt =
        Forms.HUNT.expand(
            given.toBuilder()
                .set("hunt_id", huntId)
                .set("version", Units.nanos(clock.instant()))
                .set("create_time", now)
                .set("start_time", running ? now : 0L)
                .set("creator", origin.principal())
                .build());
    store.atomically(() -> put(hunt));
    Dict details =
        Dict.of("hunt_id", huntId, "details", message(hunt).toDict(), "orgs", hunt.get("org_ids"));
    events.created(hunt, origin);
    model.changes().add(null, "hunt", "create", huntId, true, origin);
    model.audit("CreateHunt", details, origin);
    return hunt;
  }

  /** A new id that means nothing here, nor in some other orgs. */
  public String freeId(List<ServerModel> others) {
    String id = model.ids().hunt();
    while (get(id) != null || takenIn(others, id)) {
      id = model.ids().hunt();
    }
    return id;
  }

  private static boolean takenIn(List<ServerModel> orgs, String huntId) {
    return orgs.stream().anyMatch(org -> org.hunts().get(huntId) != null);
  }

  private void put(Dict hunt) {
    store.put(TABLE, (String) hunt.get("hunt_id"), hunt);
    nextExpiry = 0;
  }

  /** The raw form of a hunt. */
  public Message message(Dict hunt) {
    return new Message(Forms.HUNT, hunt, null);
  }

  /**
   * Changes a hunt; its version is set. What is to change is told before it is done, and the hunt
   * as it is then afterwards.
   *
   * @param mutation the members of the hunt's mutation without its id
   * @return the hunt with all fields
   * @throws ArgumentException where there is no such hunt
   */
  public Dict update(
      String huntId, String op, Dict mutation, UnaryOperator<Dict> change, Origin origin) {
    if (get(huntId) == null) {
      throw new ArgumentException("Hunt id not found " + huntId);
    }
    events.mutation("hunt_id", huntId, mutation, origin);
    Dict[] after = new Dict[1];
    store.atomically(
        () -> {
          Dict.Builder next = change.apply(get(huntId)).toBuilder();
          after[0] =
              Forms.HUNT.expand(next.replace("version", Units.nanos(clock.instant())).build());
          put(after[0]);
        });
    model.changes().add(null, "hunt", op, huntId, true, origin);
    events.updated(after[0], op.equals("start"), origin);
    return after[0];
  }

  /** Ends a hunt whose time or number of clients is over. */
  void over(String huntId, Origin origin) {
    Dict mutation = Dict.of("stats", Dict.of("stopped", true), "state", "STOPPED");
    update(huntId, "stop", mutation, h -> started(h, false), origin);
  }

  /** Ends the hunts whose time is over by now. */
  void expire() {
    long now = Units.micros(clock.instant());
    if (now < nextExpiry) {
      return;
    }
    List<String> expired = new ArrayList<>();
    long[] next = {Long.MAX_VALUE};
    each(
        hunt -> {
          if (hunt.get("state").equals("RUNNING") && expires(hunt) != 0) {
            if (expires(hunt) < now) {
              expired.add((String) hunt.get("hunt_id"));
            } else {
              next[0] = Math.min(next[0], expires(hunt) + 1);
            }
          }
          return true;
        });
    expired.forEach(huntId -> over(huntId, Origin.SERVER));
    nextExpiry = next[0];
  }

  /** When a hunt expires, in µs; 0 for one that does not. */
  public static long expires(Dict hunt) {
    return (Long) hunt.get("expires");
  }

  /** One more client was told to run a hunt. */
  void scheduled(String huntId, Origin origin) {
    events.mutation(
        "hunt_id", huntId, Dict.of("stats", Dict.of("total_clients_scheduled", 1L)), origin);
    manager.count(huntId, "total_clients_scheduled", 1);
  }

  /** Changes the counts of a hunt, which is no change of the hunt. */
  void adjust(String huntId, UnaryOperator<Dict> change) {
    store.atomically(() -> store.put(TABLE, huntId, change.apply(get(huntId))));
  }

  /** A hunt in the state after a start or a stop; both requests to end it make it STOPPED. */
  public Dict started(Dict hunt, boolean running) {
    Dict.Builder out = hunt.toBuilder().replace("state", running ? "RUNNING" : "STOPPED");
    if (running) {
      out.replace("start_time", Units.micros(clock.instant()));
    }
    return out.replace("stats", with((Dict) hunt.get("stats"), "stopped", !running)).build();
  }

  /** Removes a hunt. */
  public void remove(String huntId, Origin origin) {
    Dict hunt = get(huntId);
    if (hunt != null) {
      events.mutation("hunt_id", huntId, Dict.of("state", "DELETED"), origin);
    }
    store.atomically(
        () -> {
          store.remove(TABLE, huntId);
          store.removeAll(CLIENTS, huntId + "/");
        });
    if (hunt != null) {
      events.updated(with(hunt, "state", "DELETED"), false, origin);
    }
  }

  /**
   * Visits {@code HuntId, ClientId, FlowId, Timestamp (s)} of those who take part, by client id.
   */
  public boolean members(String huntId, Predicate<Dict> visitor) {
    return store.scan(CLIENTS, huntId + "/", (key, row) -> visitor.test((Dict) row));
  }

  /** Which clients were not let in, and why. */
  public HuntLog refusals() {
    return refusals;
  }

  /** Whether a client took part in a hunt. */
  public boolean took(String huntId, String clientId) {
    return store.get(CLIENTS, huntId + "/" + clientId) != null;
  }

  /** A client connects: it gets the hunts that were started since it last did. */
  public void checkIn(String clientId) {
    manager.checkIn(clientId);
  }

  /**
   * Takes a client into a hunt whatever its conditions and state.
   *
   * @param flowId an existing flow to count as its part, or null to start one
   */
  public void add(String huntId, String clientId, String flowId, Origin origin) {
    if (flowId != null) {
      Dict assignment = Dict.of("client_id", clientId, "flow_id", flowId);
      events.mutation("HuntId", huntId, Dict.of("assignment", assignment), origin);
      record(huntId, clientId, flowId);
      manager.count(huntId, "total_clients_scheduled", 1);
      model.bus().deliver();
      return;
    }
    Dict payload = Dict.of("HuntId", huntId, "ClientId", clientId, "Override", true);
    model.bus().post(PARTICIPATION, clientId, payload, origin);
    manager.consider(huntId, clientId, true, origin);
    model.bus().deliver();
  }

  /** Starts the collection again under a new flow id, which it returns. */
  public String relaunch(String huntId, String clientId, Origin origin) {
    String flowId = model.ids().flow();
    manager.schedule(get(huntId), clientId, flowId, origin);
    model.bus().deliver();
    return flowId;
  }

  void record(String huntId, String clientId, String flowId) {
    Dict row = Dict.over(MEMBER, huntId, clientId, flowId, clock.instant().getEpochSecond());
    store.put(CLIENTS, huntId + "/" + clientId, row);
  }

  static Dict with(Dict record, String field, Object value) {
    return record.toBuilder().replace(field, value).build();
  }
}
