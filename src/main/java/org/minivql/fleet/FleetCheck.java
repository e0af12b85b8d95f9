package org.minivql.fleet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactType;
import org.minivql.artifact.Repository;
import org.minivql.fleet.directory.RecordedDirectory;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.text.Shown;
import org.minivql.format.Json;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.record.Forms;
import org.minivql.value.Dict;

/**
 * Reads everything in a fleet and says what is wrong with it.
 *
 * @since 0.1.0
 */
public final class FleetCheck {
  private static final Set<String> PARTS_OF_HUNTS = Set.of("participants", "members");

  private final FleetSource fleet;
  private final Repository repository = Repository.standard();
  private final Set<String> clients = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private FleetCheck(FleetSource fleet) {
    this.fleet = fleet;
  }

  /** The problems, one text each, most of them with a file, a line and a column; none if fine. */
  public static List<String> of(FleetSource fleet) {
    FleetCheck check = new FleetCheck(fleet);
    check.guarded(check::artifacts);
    check.guarded(() -> fleet.clients(check::client));
    Set<String> described = new HashSet<>();
    check.guarded(() -> fleet.metadata(row -> check.metadata(row, described)));
    check.guarded(check::tables);
    Set<String> hunts = new HashSet<>();
    check.guarded(() -> fleet.hunts(row -> check.hunt(row, hunts)));
    check.guarded(() -> fleet.script(step -> {}));
    check.guarded(check::flows);
    check.guarded(fleet::expectations);
    check.guarded(fleet::survey);
    check.problems.addAll(fleet.problems());
    return List.copyOf(check.problems);
  }

  private void guarded(Runnable reading) {
    try {
      reading.run();
    } catch (FleetException e) {
      if (!problems.contains(e.getMessage())) {
        problems.add(e.getMessage());
      }
    }
  }

  private void artifacts() {
    Set<String> names = new HashSet<>();
    for (Artifact artifact : fleet.artifacts()) {
      once("artifact ", artifact.name(), names);
      try {
        repository.define(artifact);
      } catch (ArtifactException e) {
        problems.add("artifact " + artifact.name() + ": " + e.getMessage());
      }
    }
  }

  private void client(Dict record) {
    String id = (String) record.get("client_id");
    once("client ", id, clients);
    fields(id, record);
    Set<String> labels = new HashSet<>();
    for (Object label : record.get("labels") instanceof List<?> list ? list : List.of()) {
      String text = String.valueOf(label);
      if (!labels.add(text.toLowerCase(Locale.ROOT))) {
        problems.add("client " + id + " has the label " + Shown.text(text) + " twice");
      }
    }
  }

  /** A member that is misspelt or of another kind counts as not given. */
  private void fields(String id, Dict record) {
    Dict known = ClientRecord.of(record).fields();
    Dict zero = ClientRecord.of(id).fields();
    record.forEach(
        (name, value) -> {
          if (!known.has(name)) {
            problems.add("client " + id + ": a record has no " + name);
          } else if (!isZero(value)
              && !name.equals("client_id")
              && Same.values(known.get(name), zero.get(name))) {
            problems.add("client " + id + ": not a value of " + name + ": " + Json.text(value));
          }
        });
  }

  private static boolean isZero(Object value) {
    return value == null
        || value.equals("")
        || value.equals("0")
        || value.equals(false)
        || value instanceof Number number && number.doubleValue() == 0
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Dict dict && dict.size() == 0;
  }

  private void metadata(Dict row, Set<String> described) {
    String what = "metadata of " + row.get("client_id");
    once("metadata of ", row.get("client_id"), described);
    if (!(row.get("metadata") instanceof Dict)) {
      problems.add(what + ": there is no \"metadata\"");
    }
    hasRecord(what + ": the client", row.get("client_id"));
  }

  private void hunt(Dict row, Set<String> hunts) {
    String what = "hunt " + row.get("hunt_id");
    once("hunt ", row.get("hunt_id"), hunts);
    for (String name : row.memberNames()) {
      if (Forms.HUNT.shape().indexOf(name) < 0 && !PARTS_OF_HUNTS.contains(name)) {
        problems.add(what + ": a hunt has no " + name);
      }
    }
    for (Object id : row.get("participants") instanceof List<?> list ? list : List.of()) {
      hasRecord(what + ": the participant " + id, id);
    }
  }

  private void hasRecord(String what, Object clientId) {
    if (!clients.contains(String.valueOf(clientId)) && !ClientRecord.SERVER.equals(clientId)) {
      problems.add(what + " has no record");
    }
  }

  private void once(String what, Object id, Set<String> known) {
    if (!known.add(String.valueOf(id))) {
      problems.add(what + id + " is there twice; the last one counts");
    }
  }

  private void tables() {
    Dict server = fleet.serverTable();
    known("the server event table", server, ArtifactType.SERVER_EVENT);
    Dict client = fleet.clientTable();
    if (client != null) {
      known(
          "the client event table",
          client.get("artifacts") instanceof Dict all ? all : null,
          ArtifactType.CLIENT_EVENT);
      for (Object group : client.get("label_events") instanceof List<?> list ? list : List.of()) {
        if (group instanceof Dict dict && dict.get("artifacts") instanceof Dict table) {
          known(
              "the client event table, label " + dict.get("label"),
              table,
              ArtifactType.CLIENT_EVENT);
        }
      }
    }
  }

  private void known(String where, Dict table, ArtifactType type) {
    Object names = table == null ? null : table.get("artifacts");
    for (Object name : names instanceof List<?> list ? list : List.of()) {
      Artifact artifact = repository.get(String.valueOf(name));
      if (artifact == null) {
        problems.add(where + " lists an artifact that is not known: " + name);
      } else if (artifact.type() != type) {
        problems.add(
            where
                + " lists "
                + name
                + ", which is of type "
                + artifact.type().name()
                + ", not "
                + type.name());
      }
    }
  }

  private void flows() {
    Completions completions = fleet.completions();
    for (int i = 0; i < completions.size(); i++) {
      Completions.Entry entry = completions.get(i);
      guarded(() -> flow(entry.clientId(), entry.flowId()));
    }
  }

  private void flow(String clientId, String flowId) {
    String flow = "flow " + flowId + " of " + clientId;
    hasRecord(flow + ": the client", clientId);
    if (fleet.recorded() instanceof RecordedDirectory directory) {
      directory.contradictions(clientId, flowId).forEach(p -> problems.add(flow + ": " + p));
    }
    Dict context = fleet.recorded().flow(clientId, flowId);
    fleet.recorded().logs(clientId, flowId, row -> true);
    fleet.recorded().uploads(clientId, flowId, row -> true);
    Object names = context.get("artifacts_with_results");
    for (Object name : names instanceof List<?> list ? list : List.of()) {
      String result = String.valueOf(name);
      if (!fleet.recorded().results(clientId, flowId, result, row -> true)) {
        problems.add(flow + ": there are no rows of " + result);
      }
      if (repository.ofResult(result) == null) {
        problems.add(flow + ": the artifact of " + result + " is not known");
      }
    }
  }
}
