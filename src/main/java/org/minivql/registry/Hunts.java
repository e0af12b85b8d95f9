package org.minivql.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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

  private static final String TABLE = "hunts";
  private static final String CLIENTS = "hunt_clients";
  private static final Shape CREATED = Shape.of("Timestamp", "Hunt");
  private static final Shape MEMBER = Shape.of("HuntId", "ClientId", "FlowId", "Timestamp");

  private final ServerModel model;
  private final Store store;
  private final Clock clock;
  private final HuntManager manager;

  Hunts(ServerModel model, Store store, Clock clock) {
    this.model = model;
    this.store = store;
    this.clock = clock;
    manager = new HuntManager(model, this, clock);
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
    store.put(TABLE, huntId, full);
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
   * @param given the fields of {@link Forms#HUNT} that are known; id, times and version are set
   *     here
   * @return the hunt with all fields
   */
  public Dict create(Dict given, Origin origin) {
    long now = Units.micros(clock.instant());
    String huntId = model.ids().hunt();
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
    store.atomically(() -> store.put(TABLE, huntId, hunt));
    Dict details = Dict.of("hunt_id", huntId, "details", message(hunt).toDict(), "orgs", List.of());
    model.bus().post(CREATION, ClientRecord.SERVER, created(hunt), origin);
    model.changes().add(null, "hunt", "create", huntId, true, origin);
    model.audit("CreateHunt", details, origin);
    return hunt;
  }

  private Dict created(Dict hunt) {
    Message live = new Message(Forms.HUNT, hunt, this::watchRead);
    return Dict.over(CREATED, clock.instant().getEpochSecond(), live);
  }

  private void watchRead(String name, String declared, boolean choice) {
    Rule rule = model.bus().current();
    if (rule != null && rule.current() != null) {
      LiveReads.warn(model.quirks(), rule, "Hunt", name, declared, choice);
    }
  }

  /** The raw form of a hunt. */
  public Message message(Dict hunt) {
    return new Message(Forms.HUNT, hunt, null);
  }

  /**
   * Changes a hunt; its version is set.
   *
   * @throws ArgumentException where there is no such hunt
   */
  public Dict update(String huntId, String op, UnaryOperator<Dict> change, Origin origin) {
    Dict before = get(huntId);
    if (before == null) {
      throw new ArgumentException("Hunt id not found " + huntId);
    }
    Dict[] after = new Dict[1];
    store.atomically(
        () -> {
          Dict.Builder next = change.apply(get(huntId)).toBuilder();
          after[0] =
              Forms.HUNT.expand(next.replace("version", Units.nanos(clock.instant())).build());
          store.put(TABLE, huntId, after[0]);
        });
    model.changes().add(null, "hunt", op, huntId, true, origin);
    return after[0];
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
    } else {
      out.replace("stats", with((Dict) hunt.get("stats"), "stopped", true));
    }
    return out.build();
  }

  /** Removes a hunt. */
  public void remove(String huntId) {
    store.atomically(
        () -> {
          store.remove(TABLE, huntId);
          List<String> keys = new ArrayList<>();
          store.scan(CLIENTS, huntId + "/", (key, row) -> keys.add(key));
          keys.forEach(key -> store.remove(CLIENTS, key));
        });
  }

  /**
   * Visits {@code HuntId, ClientId, FlowId, Timestamp (s)} of those who take part, by client id.
   */
  public boolean members(String huntId, Predicate<Dict> visitor) {
    return store.scan(CLIENTS, huntId + "/", (key, row) -> visitor.test((Dict) row));
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
      record(huntId, clientId, flowId);
      manager.count(huntId, "total_clients_scheduled", 1);
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
