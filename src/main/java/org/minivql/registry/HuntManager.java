package org.minivql.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.client.Ids;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Origin;
import org.minivql.registry.record.Units;
import org.minivql.value.Dict;
import org.minivql.value.Members;

/** Decides which client takes part in which hunt, and counts what comes of it. */
final class HuntManager {
  private final ServerModel model;
  private final Hunts hunts;
  private final Clock clock;

  HuntManager(ServerModel model, Hunts hunts, Clock clock) {
    this.model = model;
    this.hunts = hunts;
    this.clock = clock;
  }

  void labelled(Event event) {
    String label = String.valueOf(event.payload().get("Label"));
    boolean added = "Add".equals(event.payload().get("Operation"));
    for (Dict hunt : running()) {
      if (added && !labels(hunt, "labels").isEmpty()) {
        consider((String) hunt.get("hunt_id"), event.clientId(), false, Origin.because(event));
      } else if (!added && holds(labels(hunt, "excluded_labels"), label)) {
        warnOfExclusion(event, hunt);
      }
    }
  }

  private void warnOfExclusion(Event event, Dict hunt) {
    if (!hunts.took((String) hunt.get("hunt_id"), event.clientId())) {
      model
          .quirks()
          .warn(
              "Q-39",
              event.origin().rule(),
              event.clientId(),
              "removing the excluded label does not let the client into hunt "
                  + hunt.get("hunt_id")
                  + "; add it with hunt_add()");
    }
  }

  void interrogated(Event event) {
    for (Dict hunt : running()) {
      if (!os(hunt).equals("ALL")) {
        consider((String) hunt.get("hunt_id"), event.clientId(), false, Origin.because(event));
      }
    }
  }

  void checkIn(String clientId) {
    ClientRecord client = model.clients().get(clientId);
    if (client == null || clientId.equals(ClientRecord.SERVER)) {
      return;
    }
    long last = client.number("last_hunt_timestamp");
    long newest = last;
    for (Dict hunt : running()) {
      long started = (Long) hunt.get("start_time");
      if (started > last) {
        newest = Math.max(newest, started);
        consider((String) hunt.get("hunt_id"), clientId, false, Origin.SERVER);
      }
    }
    long seen = newest;
    if (seen > last) {
      // It moves on even where no condition was met, so the hunt is not considered again.
      model.clients().update(clientId, record -> record.with("last_hunt_timestamp", seen));
    }
    model.bus().deliver();
  }

  private List<Dict> running() {
    List<Dict> running = new ArrayList<>();
    hunts.each(hunt -> !hunt.get("state").equals("RUNNING") || running.add(hunt));
    return running;
  }

  /** Schedules the hunt on the client unless a test forbids it; the first that fails decides. */
  void consider(String huntId, String clientId, boolean override, Origin origin) {
    Dict hunt = hunts.get(huntId);
    if (hunts.took(huntId, clientId) || hunt == null || clientId.equals(ClientRecord.SERVER)) {
      return;
    }
    if (!override) {
      if (!hunt.get("state").equals("RUNNING")) {
        return;
      }
      Dict payload = Dict.of("HuntId", huntId, "ClientId", clientId);
      model.bus().post(Hunts.PARTICIPATION, clientId, payload, origin);
      String reason = refusal(hunt, clientId);
      if (reason == null) {
        reason = over(hunt);
        if (reason != null) {
          hunts.over(huntId, origin);
        }
      }
      if (reason != null) {
        hunts.refusals().add(huntId, clientId, reason, origin);
        return;
      }
    }
    warnOfRace(hunt, clientId);
    schedule(hunt, clientId, Ids.huntFlow(huntId), origin);
  }

  /** The condition of a hunt that a client does not meet, or null. */
  private String refusal(Dict hunt, String clientId) {
    ClientRecord client = model.clients().get(clientId);
    String os = os(hunt);
    String system = client == null ? "" : client.text("system");
    if (!os.equals("ALL") && !system.equals(os.equals("OSX") ? "darwin" : fold(os))) {
      return "it is for "
          + os
          + (system.isEmpty() ? ", and the client's system is not known" : ", the client has ")
          + system;
    }
    for (Object label : labels(hunt, "excluded_labels")) {
      if (model.labels().isSet(clientId, String.valueOf(label))) {
        return "it excludes the label \"" + label + "\", which the client has";
      }
    }
    List<?> include = labels(hunt, "labels");
    boolean included =
        include.isEmpty()
            || include.stream().anyMatch(l -> model.labels().isSet(clientId, String.valueOf(l)));
    return included
        ? null
        : "it is for the labels "
            + include
            + ", the client has "
            + (client == null ? List.of() : client.labels());
  }

  /** Why a hunt takes no more clients, or null. */
  private String over(Dict hunt) {
    long limit = (Long) hunt.get("client_limit");
    long scheduled = (Long) ((Dict) hunt.get("stats")).get("total_clients_scheduled");
    long expires = Hunts.expires(hunt);
    if (expires != 0 && expires < Units.micros(clock.instant())) {
      return "it had expired";
    }
    return limit > 0 && scheduled >= limit ? "it had reached its limit of " + limit : null;
  }

  private void warnOfRace(Dict hunt, String clientId) {
    ClientRecord client = model.clients().get(clientId);
    if (!labels(hunt, "excluded_labels").isEmpty()
        && labels(hunt, "labels").isEmpty()
        && (client == null || client.text("system").isEmpty())) {
      model
          .quirks()
          .warn(
              "Q-40",
              null,
              clientId,
              "hunt "
                  + hunt.get("hunt_id")
                  + " was scheduled before the client was interrogated, so no rule could set the"
                  + " label it excludes; use an included label or an operating system");
    }
  }

  void schedule(Dict hunt, String clientId, String flowId, Origin origin) {
    String huntId = (String) hunt.get("hunt_id");
    hunts.record(huntId, clientId, flowId);
    hunts.scheduled(huntId, origin);
    model.changes().add(clientId, "hunt", "schedule", huntId, true, origin);
    Dict request =
        ((Dict) hunt.get("start_request"))
            .toBuilder().replace("client_id", clientId).replace("flow_id", flowId).build();
    model.flows().schedule(clientId, flowId, request);
  }

  void completed(Event event) {
    if (!(event.payload().get("FlowId") instanceof String flowId)
        || !flowId.endsWith(".H")
        || !(event.payload().get("Flow") instanceof Members flow)) {
      return;
    }
    String huntId = "H." + flowId.substring(2, flowId.length() - 2);
    if (hunts.get(huntId) == null) {
      return;
    }
    Object state = flow.member("state");
    boolean rows =
        flow.member("artifacts_with_results") instanceof List<?> names && !names.isEmpty();
    count(huntId, "total_finished_clients", 1);
    count(huntId, rows ? "total_clients_with_results" : "total_clients_without_results", 1);
    if (state instanceof Long number && number == 3 || "ERROR".equals(state)) {
      count(huntId, "total_clients_with_errors", 1);
    }
    count(huntId, "total_collected_rows", number(flow.member("total_collected_rows")));
    count(huntId, "total_uploaded_bytes", number(flow.member("total_uploaded_bytes")));
  }

  private static long number(Object value) {
    return value instanceof Long number ? number : 0;
  }

  void count(String huntId, String field, long by) {
    if (by != 0) {
      hunts.adjust(
          huntId,
          hunt -> {
            Dict stats = (Dict) hunt.get("stats");
            Dict more = Hunts.with(stats, field, (Long) stats.get(field) + by);
            return Hunts.with(hunt, "stats", more);
          });
    }
  }

  static String os(Dict hunt) {
    return (String) ((Dict) ((Dict) hunt.get("condition")).get("os")).get("os");
  }

  static List<?> labels(Dict hunt, String which) {
    return (List<?>) ((Dict) ((Dict) hunt.get("condition")).get(which)).get("label");
  }

  private static boolean holds(List<?> labels, String label) {
    return labels.stream().anyMatch(l -> fold(String.valueOf(l)).equals(fold(label)));
  }

  private static String fold(String text) {
    return ClientRecord.fold(text);
  }
}
