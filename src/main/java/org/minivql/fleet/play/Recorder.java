package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.fleet.plan.Plan;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** Takes notes of what happens in a world: changes, and the rows and events that are asked for. */
public final class Recorder {
  private static final Shape FLOW = Shape.of("FlowId");

  private final List<Change> changes = new ArrayList<>();
  private final Map<String, List<String>> before = new TreeMap<>();
  private final Map<String, List<Dict>> rows = new LinkedHashMap<>();
  private final Map<String, List<Dict>> events = new LinkedHashMap<>();
  private final Map<String, List<String>> initial = new LinkedHashMap<>();
  private long seen;

  /** Keeps the rows of a rule. */
  public void keepRows(String rule) {
    rows.put(rule, new ArrayList<>());
  }

  /** Keeps the events of a queue. */
  public void keepEvents(String queue) {
    events.put(queue, new ArrayList<>());
  }

  /** Notes the labels that a client has at the start. */
  void initial(ClientRecord record) {
    if (!record.labels().isEmpty()) {
      initial.put(record.clientId(), record.labels());
    }
  }

  synchronized void change(Change change) {
    changes.add(bare(change));
    if (change.clientId() != null && change.kind().equals("label")) {
      before.putIfAbsent(change.clientId(), initial.getOrDefault(change.clientId(), List.of()));
    }
  }

  /** The change without what its event carries, which would keep all flows in memory. */
  private static Change bare(Change change) {
    Origin origin = change.origin();
    Event event = origin.event();
    if (event == null) {
      return change;
    }
    String flowId = change.flowId();
    Event named =
        new Event(
            event.seq(),
            event.queue(),
            event.clientId(),
            event.sender(),
            event.at(),
            flowId == null ? Dict.EMPTY : Dict.over(FLOW, flowId),
            Origin.SERVER);
    return new Change(
        change.seq(),
        change.at(),
        change.clientId(),
        change.kind(),
        change.op(),
        change.value(),
        change.effective(),
        new Origin(origin.principal(), origin.rule(), named));
  }

  synchronized void event(Event event) {
    seen++;
    List<Dict> kept = events.get(event.queue());
    if (kept != null) {
      kept.add(event.payload());
    }
  }

  synchronized void row(String rule, Dict row) {
    List<Dict> kept = rows.get(rule);
    if (kept != null) {
      kept.add(row);
    }
  }

  /** The labels that a client had at the start. */
  public List<String> labelsBefore(String clientId) {
    return initial.getOrDefault(clientId, List.of());
  }

  List<Change> changes() {
    return changes;
  }

  List<Dict> rows(String rule) {
    return rows.getOrDefault(rule, List.of());
  }

  List<Dict> events(String queue) {
    return events.getOrDefault(queue, List.of());
  }

  long eventCount() {
    return seen;
  }

  /** The clients whose labels differ now, by id. */
  List<Plan.Client> clients(ServerModel model) {
    List<Plan.Client> clients = new ArrayList<>();
    before.forEach(
        (id, labels) -> {
          ClientRecord record = model.clients().get(id);
          List<String> after = record == null ? List.of() : record.labels();
          if (!after.equals(labels)) {
            String host = record == null ? "" : record.text("hostname");
            clients.add(new Plan.Client(id, host, labels, after));
          }
        });
    return clients;
  }

  /** The host names of the clients that changes are about. */
  Map<String, String> hosts(ServerModel model) {
    Map<String, String> hosts = new TreeMap<>();
    for (Change change : changes) {
      if (change.clientId() != null) {
        hosts.computeIfAbsent(
            change.clientId(),
            id -> {
              ClientRecord record = model.clients().get(id);
              return record == null ? "" : record.text("hostname");
            });
      }
    }
    return hosts;
  }
}
