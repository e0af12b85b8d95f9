package org.minivql.registry;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.minivql.registry.client.Audit;
import org.minivql.registry.client.ClientIndex;
import org.minivql.registry.client.Clients;
import org.minivql.registry.client.Ids;
import org.minivql.registry.client.Labels;
import org.minivql.registry.client.Metadata;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.ChangeLog;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.event.ReadLog;
import org.minivql.registry.flow.EventLogs;
import org.minivql.registry.flow.Flows;
import org.minivql.registry.flow.Notebooks;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.flow.Remaining;
import org.minivql.registry.flow.Results;
import org.minivql.registry.flow.StoredEvents;
import org.minivql.registry.flow.StoredFiles;
import org.minivql.registry.record.ArtifactCatalog;
import org.minivql.registry.store.MemoryStore;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;

/**
 * A server: what it knows and the services that run in it. A host builds one and hands it to the
 * engine as the service {@code ServerModel.class}.
 *
 * <p>All parts may be used by many threads. Time is the model's clock alone, ids come from
 * counters.
 *
 * @since 0.1.0
 */
public final class ServerModel {
  private final Clock clock;
  private final Principal principal;
  private final ArtifactCatalog artifacts;
  private final Consumer<String> log;
  private final Ids ids;
  private final Quirks quirks = new Quirks();
  private final ChangeLog changes;
  private final EventBus bus;
  private final Clients clients;
  private final Labels labels;
  private final Metadata metadata;
  private final Flows flows;
  private final Results results;
  private final StoredEvents events;
  private final EventLogs eventLogs;
  private final StoredFiles files;
  private final Notebooks notebooks;
  private final Tools tools;
  private final ReadLog reads = new ReadLog();
  private final Audit audit;
  private final Interrogation interrogation;
  private final Hunts hunts;
  private final EventTables tables;
  private final Contacts contacts;
  private final String orgId;
  private final Orgs orgs;
  private final Remaining recorded;

  private ServerModel(Builder builder) {
    clock = builder.clock;
    principal = builder.principal;
    artifacts = builder.artifacts;
    log = builder.log;
    changes = new ChangeLog(clock);
    bus = new EventBus(clock, quirks);
    Store store = builder.store;
    ids = new Ids(builder.seed, store);
    audit = new Audit(bus);
    clients = new Clients(store, new ClientIndex(store, builder.indexedMetadata), clock);
    labels = new Labels(store, clients, bus, audit, changes, quirks, clock);
    metadata = new Metadata(store, clients, bus, audit, changes);
    recorded = new Remaining(store, builder.recorded);
    flows = new Flows(store, recorded, bus, quirks, clock);
    results = new Results(store, recorded);
    events = new StoredEvents(store, recorded, artifacts, quirks, builder.keptEvents);
    eventLogs = new EventLogs(store, recorded, clock);
    bus.listen(null, EventBus.Phase.FIRST, events::keep);
    files = new StoredFiles(recorded, builder.orgId, clock);
    tools = new Tools(store);
    notebooks = new Notebooks(store, recorded, ids, clock);
    interrogation = new Interrogation(this, clock, builder.interrogation);
    hunts = new Hunts(this, store, clock);
    tables = new EventTables(this, store, clock);
    contacts = new Contacts(this, store, clock);
    orgId = builder.orgId;
    orgs = builder.orgs == null ? new Orgs(this, store, builder) : builder.orgs;
  }

  /** A builder with an empty memory store, no artifacts and the superuser. */
  public static Builder builder(Clock clock) {
    return new Builder(clock);
  }

  /** The time of the server. */
  public Clock clock() {
    return clock;
  }

  /** The org whose model this is. */
  public String orgId() {
    return orgId;
  }

  /** All orgs of the server and their users. */
  public Orgs orgs() {
    return orgs;
  }

  /** Who runs queries that name nobody. */
  public Principal principal() {
    return principal;
  }

  /** The artifact definitions. */
  public ArtifactCatalog artifacts() {
    return artifacts;
  }

  /** Where identifiers come from. */
  public Ids ids() {
    return ids;
  }

  /** The warnings so far. */
  public Quirks quirks() {
    return quirks;
  }

  /** What was changed. */
  public ChangeLog changes() {
    return changes;
  }

  /** The event queues. */
  public EventBus bus() {
    return bus;
  }

  /** The client records. */
  public Clients clients() {
    return clients;
  }

  /** The labels of the clients. */
  public Labels labels() {
    return labels;
  }

  /** The metadata of the clients and the server. */
  public Metadata metadata() {
    return metadata;
  }

  /** The flows of the clients. */
  public Flows flows() {
    return flows;
  }

  /** The rows of the flows. */
  public Results results() {
    return results;
  }

  /** The events of the past. */
  public StoredEvents events() {
    return events;
  }

  /** What event queries logged. */
  public EventLogs eventLogs() {
    return eventLogs;
  }

  /** The files. */
  public StoredFiles files() {
    return files;
  }

  /** The tools. */
  public Tools tools() {
    return tools;
  }

  /** The notebooks. */
  public Notebooks notebooks() {
    return notebooks;
  }

  /** Which result sets were read. */
  public ReadLog reads() {
    return reads;
  }

  /** The hunts. */
  public Hunts hunts() {
    return hunts;
  }

  /** The artifacts that run for ever. */
  public EventTables tables() {
    return tables;
  }

  /** The service that enrols and interrogates clients. */
  public Interrogation interrogation() {
    return interrogation;
  }

  /** What happens when clients connect. */
  public Contacts contacts() {
    return contacts;
  }

  /** Does what a server does from time to time: hunts end, client records are written. */
  public void timePassed() {
    hunts.expire();
    contacts.write();
  }

  /**
   * Removes a client with all there is of it; what is recorded is only hidden, and hunts keep who
   * took part in them. No event.
   */
  public void forget(String clientId) {
    clients.remove(clientId);
    metadata.remove(clientId);
    labels.forget(clientId);
    flows.forget(clientId);
    results.forget(clientId);
    events.forget(clientId);
    eventLogs.forget(clientId);
    notebooks.forget(clientId);
    contacts.forget(clientId);
    files.forget(clientId);
  }

  /** Whether a client was removed and has not come back. */
  public boolean forgot(String clientId) {
    return recorded.hides(clientId) && !clients.knows(clientId);
  }

  /**
   * Removes a flow with its rows, log, uploads and notebook; what is recorded is only hidden. No
   * event.
   */
  public void forgetFlow(String clientId, String flowId) {
    flows.remove(clientId, flowId);
    results.remove(clientId, flowId);
    notebooks.forget(clientId, flowId);
  }

  /** Notes a change that was made elsewhere; see {@link Change} for the members. */
  public void note(String clientId, String kind, String op, Object value, Origin origin) {
    changes.add(clientId, kind, op, value, true, origin);
  }

  /** Sends an audit event and has all waiting events handled. */
  public void audit(String operation, Dict details, Origin origin) {
    audit.post(operation, details, origin);
    bus.deliver();
  }

  /** Ends the queues, and removes what was written to the file store. */
  public void close() {
    bus.close();
    files.close();
    if (orgId.equals(Orgs.ROOT)) {
      orgs.close();
    }
  }

  /** Appends a line to the server's own log. */
  void log(String line) {
    log.accept(line);
  }

  /** Collects what a server is made of. */
  public static final class Builder {
    private final Clock clock;
    private Store store = new MemoryStore();
    private Recorded recorded = Recorded.NONE;
    private ArtifactCatalog artifacts = name -> null;
    private Principal principal = Principal.superuser();
    private String seed = "";
    private List<String> indexedMetadata = List.of();
    private EventBus.Phase interrogation = EventBus.Phase.FIRST;
    private long keptEvents = 100_000;
    private Consumer<String> log = line -> {};
    private String orgId = Orgs.ROOT;
    private Orgs orgs;

    private Builder(Clock clock) {
      this.clock = clock;
    }

    /** Where state is kept. */
    public Builder store(Store value) {
      store = value;
      return this;
    }

    /** What is on disk from the start. */
    public Builder recorded(Recorded value) {
      recorded = value;
      return this;
    }

    /** The artifact definitions. */
    public Builder artifacts(ArtifactCatalog value) {
      artifacts = value;
      return this;
    }

    /** Who runs queries that name nobody. */
    public Builder principal(Principal value) {
      principal = value;
      return this;
    }

    /** Text that generated ids contain. */
    public Builder idSeed(String value) {
      seed = value;
      return this;
    }

    /** The metadata keys that are copied to the client record and can be searched. */
    public Builder indexedMetadata(List<String> value) {
      indexedMetadata = List.copyOf(value);
      return this;
    }

    /** Whether records are filled before or after the queries handle the same completion. */
    public Builder interrogation(EventBus.Phase value) {
      interrogation = value;
      return this;
    }

    /** How many events are kept for later reading; the oldest make way. */
    public Builder keptEvents(long value) {
      keptEvents = value;
      return this;
    }

    /** Takes the lines of the server's own log. */
    public Builder log(Consumer<String> value) {
      log = value;
      return this;
    }

    /** The model of one more org of the same server. */
    ServerModel org(String id, Store tables, Orgs all) {
      Builder other =
          new Builder(clock)
              .store(tables)
              .artifacts(artifacts)
              .principal(principal)
              .idSeed(seed)
              .indexedMetadata(indexedMetadata)
              .interrogation(interrogation)
              .keptEvents(keptEvents)
              .log(log);
      other.orgId = id;
      other.orgs = all;
      return other.build();
    }

    /** The server. */
    public ServerModel build() {
      return new ServerModel(this);
    }
  }
}
