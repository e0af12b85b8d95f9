package org.minivql.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.registry.record.Units;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;

/**
 * Which artifacts run for ever: on the server, on all clients, and on clients with a label.
 *
 * @since 0.1.0
 */
public final class EventTables {
  private static final String TABLE = "tables";
  private static final String CLIENT = "client";
  private static final String SERVER = "server";
  private static final String EVERYONE = "all";

  private final ServerModel model;
  private final Store store;
  private final Clock clock;

  /** The version (ns) of a client table that nobody has set here: when this server started. */
  private final long started;

  EventTables(ServerModel model, Store store, Clock clock) {
    this.model = model;
    this.store = store;
    this.clock = clock;
    this.started = Units.nanos(clock.instant());
  }

  /** The client table with all fields; see {@link Forms#CLIENT_TABLE}. */
  public Dict client() {
    Object stored = store.get(TABLE, CLIENT);
    Dict table = stored == null ? defaultClient() : Forms.CLIENT_TABLE.expand((Dict) stored);
    return table.get("version").equals(0L)
        ? Forms.CLIENT_TABLE.with(table, "version", started)
        : table;
  }

  /** The server table with all fields: {@code artifacts, specs}. */
  public Dict server() {
    Object stored = store.get(TABLE, SERVER);
    return stored == null ? defaultServer() : Forms.TABLE.expand((Dict) stored);
  }

  private static Dict defaultClient() {
    Dict quarantine =
        Dict.of(
            "label",
            "Quarantine",
            "artifacts",
            Dict.of("artifacts", List.of("Windows.Remediation.QuarantineMonitor")));
    return Forms.CLIENT_TABLE.expand(
        Dict.of(
            "artifacts",
            Dict.of("artifacts", List.of("Generic.Client.Stats")),
            "label_events",
            List.of(quarantine)));
  }

  private static Dict defaultServer() {
    return Forms.TABLE.expand(
        Dict.of("artifacts", List.of("Server.Monitor.Health", "Server.Monitoring.RSSFeeds")));
  }

  /** The raw form of a client table. */
  public Message message(Dict clientTable) {
    return new Message(Forms.CLIENT_TABLE, clientTable, null);
  }

  /** The raw form of a server table. */
  public Message serverMessage(Dict serverTable) {
    return new Message(Forms.TABLE, serverTable, null);
  }

  /** Sets what is on disk when a server starts; no event. */
  public void load(Dict clientTable, Dict serverTable) {
    if (clientTable != null) {
      store.put(TABLE, CLIENT, Forms.CLIENT_TABLE.expand(clientTable));
    }
    if (serverTable != null) {
      store.put(TABLE, SERVER, Forms.TABLE.expand(serverTable));
    }
  }

  /** Replaces the client table; its version becomes now (ns). */
  public Dict setClient(Dict table, Origin origin) {
    Dict.Builder next = Forms.CLIENT_TABLE.expand(table).toBuilder();
    next.replace("version", Units.nanos(clock.instant()));
    Dict full = Forms.CLIENT_TABLE.expand(next.build());
    warnOfGroups(full, origin);
    store.atomically(() -> store.put(TABLE, CLIENT, full));
    Dict payload =
        Dict.of(
            "setter",
            origin.principal(),
            "principal",
            origin.principal(),
            "artifact",
            "ClientEventTable",
            "op",
            "set");
    model.bus().post(Interrogation.MODIFICATION, ClientRecord.SERVER, payload, origin);
    model.changes().add(null, "table", "set", CLIENT, true, origin);
    model.audit("SetClientMonitoringState", message(full).toDict(), origin);
    return full;
  }

  private void warnOfGroups(Dict table, Origin origin) {
    List<String> folded = new ArrayList<>();
    for (Object group : (List<?>) table.get("label_events")) {
      String label = (String) ((Dict) group).get("label");
      if (folded.contains(ClientRecord.fold(label))) {
        model
            .quirks()
            .warn(
                "Q-29",
                origin.rule(),
                null,
                "the client event table has two groups for the label "
                    + label
                    + " that differ only in case; a client with the label gets both");
      }
      folded.add(ClientRecord.fold(label));
    }
  }

  /**
   * Replaces the server table.
   *
   * @throws ArgumentException where it lists an artifact that a server cannot run
   */
  public Dict setServer(Dict table, Origin origin) {
    Dict full = Forms.TABLE.expand(table);
    for (Object name : (List<?>) full.get("artifacts")) {
      ArtifactInfo artifact = model.artifacts().find(String.valueOf(name));
      if (artifact != null && !artifact.type().equals("SERVER_EVENT")) {
        throw new ArgumentException(
            "Server monitoring can only run artifacts of type SERVER_EVENT, not "
                + artifact.type());
      }
    }
    store.atomically(() -> store.put(TABLE, SERVER, full));
    model.changes().add(null, "table", "set", SERVER, true, origin);
    model.audit("SetServerMonitoringState", serverMessage(full).toDict(), origin);
    return full;
  }

  /** The table with an artifact put into a group, in place of itself where it was there before. */
  public static Dict add(Dict table, String artifact, Dict spec) {
    List<Object> artifacts = new ArrayList<>((List<?>) table.get("artifacts"));
    if (!artifacts.contains(artifact)) {
      artifacts.add(artifact);
    }
    List<Object> specs = without((List<?>) table.get("specs"), artifact);
    specs.add(spec);
    return Forms.TABLE.expand(Dict.of("artifacts", artifacts, "specs", specs));
  }

  /** The table without an artifact. */
  public static Dict remove(Dict table, String artifact) {
    List<Object> artifacts = new ArrayList<>((List<?>) table.get("artifacts"));
    artifacts.remove(artifact);
    List<Object> specs = without((List<?>) table.get("specs"), artifact);
    return Forms.TABLE.expand(Dict.of("artifacts", artifacts, "specs", specs));
  }

  private static List<Object> without(List<?> specs, String artifact) {
    List<Object> kept = new ArrayList<>();
    for (Object spec : specs) {
      if (!artifact.equals(((Dict) spec).get("artifact"))) {
        kept.add(spec);
      }
    }
    return kept;
  }

  /**
   * What runs on a client: the artifacts for everyone, then those of each group whose label it has;
   * an artifact listed twice is there twice.
   */
  public List<String> effective(String clientId) {
    return listings(client(), label -> model.labels().isSet(clientId, label)).stream()
        .map(Listing::artifact)
        .toList();
  }

  /**
   * An artifact in the table of a client.
   *
   * @param artifact its name
   * @param label the label of the group that lists it; {@code all} where it is for everyone
   */
  public record Listing(String artifact, String label) {}

  /**
   * The part of a client table that a client gets.
   *
   * @param table the table on disk of a server, or null where it has none and so the usual one
   * @param has whether the client has a label
   */
  public static List<Listing> listings(Dict table, Predicate<String> has) {
    Dict full = table == null ? defaultClient() : Forms.CLIENT_TABLE.expand(table);
    List<Listing> listings = new ArrayList<>();
    list(full.get("artifacts"), EVERYONE, listings);
    for (Object item : (List<?>) full.get("label_events")) {
      Dict group = (Dict) item;
      String label = (String) group.get("label");
      if (has.test(label)) {
        list(group.get("artifacts"), label, listings);
      }
    }
    return listings;
  }

  private static void list(Object table, String label, List<Listing> out) {
    for (Object name : (List<?>) ((Dict) table).get("artifacts")) {
      out.add(new Listing(String.valueOf(name), label));
    }
  }

  /**
   * A client connects: where its table is older than the table or its labels it gets a new one and
   * restarts its event queries.
   *
   * @return whether it did
   */
  public boolean checkIn(String clientId) {
    ClientRecord record = model.clients().get(clientId);
    if (record == null) {
      return false;
    }
    long table = (Long) client().get("version");
    long labels = record.number("labels_timestamp");
    long has = record.number("last_event_table_version");
    long newest = Math.max(table, labels);
    if (newest <= has) {
      return false;
    }
    if (labels > has && table <= has) {
      model
          .quirks()
          .warn(
              "Q-38",
              null,
              clientId,
              "any change of labels sends the event table again and restarts the client's queries");
    }
    model.clients().update(clientId, r -> r.with("last_event_table_version", newest));
    return true;
  }
}
