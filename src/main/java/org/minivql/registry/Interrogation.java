package org.minivql.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.flow.Flows;
import org.minivql.registry.record.Units;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Shape;
import org.minivql.value.Timestamp;

/**
 * The service that makes records of new clients and fills them from the results of {@code
 * Generic.Client.Info}, or of the {@code Custom.} version in its place.
 *
 * @since 0.1.0
 */
public final class Interrogation {
  /** The queue of new clients. */
  public static final String ENROLLMENT = "Server.Internal.Enrollment";

  /** The queue of clients whose record was filled. */
  public static final String INTERROGATION = "Server.Internal.Interrogation";

  /** The queue in which clients describe themselves once a day. */
  public static final String SNAPSHOT = "Server.Internal.ClientInfo";

  /** The queue of changed artifacts and client event tables. */
  public static final String MODIFICATION = "Server.Internal.ArtifactModification";

  /** The artifact that interrogates. */
  public static final String ARTIFACT = "Generic.Client.Info";

  /** The artifact that does so instead, where it exists. */
  public static final String CUSTOM = "Custom.Generic.Client.Info";

  private static final List<String> RESULTS =
      List.of(ARTIFACT + "/BasicInformation", CUSTOM + "/BasicInformation");
  private static final Shape EVENT = Shape.of("ClientId");
  private static final List<String> DESCRIBED =
      List.of(
          "client_name",
          "client_version",
          "build_url",
          "build_time",
          "hostname",
          "system",
          "release",
          "architecture",
          "fqdn");

  private final ServerModel model;
  private final Clock clock;

  Interrogation(ServerModel model, Clock clock, EventBus.Phase phase) {
    this.model = model;
    this.clock = clock;
    model.bus().listen(ENROLLMENT, EventBus.Phase.FIRST, this::enrolled);
    model.bus().listen(Flows.COMPLETION, phase, this::completed);
    model.bus().listen(SNAPSHOT, phase, this::described);
  }

  /** A client makes its first contact: it gets a record without a name and is interrogated. */
  public void enrol(String clientId) {
    model.bus().publish(ENROLLMENT, clientId, Dict.over(EVENT, clientId), Origin.SERVER);
  }

  private void enrolled(Event event) {
    if (!event.sender().equals(Principal.SUPERUSER)) {
      return;
    }
    String clientId = event.clientId();
    String artifact = model.artifacts().find(CUSTOM) != null ? CUSTOM : ARTIFACT;
    String flowId = model.ids().flow();
    model
        .clients()
        .index(
            clientId,
            record ->
                (record.number("first_seen_at") == 0
                        ? record.with("first_seen_at", clock.instant().getEpochSecond())
                        : record)
                    .with("last_interrogate_flow_id", flowId)
                    .with("last_interrogate_artifact_name", artifact));
    Dict request =
        Dict.of(
            "creator",
            "InterrogationService",
            "client_id",
            clientId,
            "artifacts",
            List.of(artifact));
    model.flows().schedule(clientId, flowId, request);
  }

  private void completed(Event event) {
    if (!(event.payload().get("Flow") instanceof Members flow)
        || !(flow.member("artifacts_with_results") instanceof List<?> names)
        || !(event.payload().get("ClientId") instanceof String)
        || !(event.payload().get("FlowId") instanceof String)) {
      return;
    }
    for (String name : RESULTS) {
      if (names.contains(name)) {
        interrogated(event, name);
        return;
      }
    }
  }

  private void interrogated(Event event, String name) {
    String clientId = (String) event.payload().get("ClientId");
    String flowId = (String) event.payload().get("FlowId");
    List<Dict> first = new ArrayList<>();
    model
        .results()
        .read(
            clientId,
            flowId,
            name,
            0,
            1,
            row -> {
              first.add((Dict) row);
              return false;
            });
    if (first.isEmpty() || text(first.get(0), "OS").isEmpty()) {
      model.log("interrogation: No Generic.Client.Info results for " + clientId);
      return;
    }
    Dict row = first.get(0);
    List<String> configured = labels(row, "Labels");
    Set<String> added = new LinkedHashSet<>(configured);
    model
        .clients()
        .index(
            clientId,
            record -> {
              record.labels().forEach(added::remove);
              return fill(record, row, flowId, name, configured);
            });
    Origin origin = Origin.because(event);
    configure(clientId, configured, added, origin);
    model.bus().publish(INTERROGATION, clientId, Dict.over(EVENT, clientId), origin);
  }

  private void configure(String clientId, List<String> labels, Set<String> added, Origin origin) {
    for (String label : labels) {
      model.labels().configured(clientId, label, added.contains(label), origin);
    }
  }

  /** The client program makes the snapshot itself: no artifact can take its place. */
  private void described(Event event) {
    String clientId = event.clientId();
    Dict row = event.payload();
    boolean trusted = event.sender().equals(clientId) || event.sender().equals(Principal.SUPERUSER);
    if (!trusted || !model.clients().knows(clientId)) {
      return;
    }
    if (model.artifacts().find(CUSTOM) != null) {
      model
          .quirks()
          .warn(
              "Q-35",
              event.origin().rule(),
              clientId,
              "the daily snapshot comes from the client program; "
                  + CUSTOM
                  + " does not change it");
    }
    model
        .clients()
        .index(
            clientId,
            record -> {
              ClientRecord next = record;
              for (String field : DESCRIBED) {
                next = row.has(field) ? next.with(field, text(row, field)) : next;
              }
              Object installed = row.get("install_time");
              return installed == null ? next : next.with("install_time", installed);
            });
    configure(clientId, labels(row, "labels"), Set.of(), Origin.because(event));
  }

  private ClientRecord fill(
      ClientRecord before, Dict row, String flowId, String name, List<String> configured) {
    Set<Object> labels = new LinkedHashSet<>(before.labels());
    boolean more = labels.addAll(configured);
    Set<Object> macs = new LinkedHashSet<>(list(row.get("MACAddresses")));
    long first = before.number("first_seen_at");
    ClientRecord record =
        before
            .with("hostname", text(row, "Hostname"))
            .with("fqdn", text(row, "Fqdn"))
            .with("architecture", text(row, "Architecture"))
            .with("system", text(row, "OS"))
            .with("release", text(row, "Platform") + text(row, "PlatformVersion"))
            .with("client_name", text(row, "Name"))
            .with("client_version", text(row, "Version"))
            .with("build_url", text(row, "build_url"))
            .with("labels", List.copyOf(labels))
            .with("mac_addresses", List.copyOf(macs))
            .with("last_interrogate_flow_id", flowId)
            .with("last_interrogate_artifact_name", name)
            .with("first_seen_at", first == 0 ? clock.instant().getEpochSecond() : first);
    if (more) {
      record = record.with("labels_timestamp", Units.nanos(clock.instant()));
    }
    return row.get("BuildTime") instanceof Timestamp built
        ? record.with("build_time", built.rfc3339())
        : record;
  }

  private static List<String> labels(Dict row, String column) {
    List<String> labels = new ArrayList<>();
    for (Object label : list(row.get(column))) {
      labels.add(String.valueOf(label));
    }
    return labels;
  }

  private static List<?> list(Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static String text(Dict row, String column) {
    Object value = row.get(column);
    return value == null ? "" : value.toString();
  }
}
