package org.minivql.fleet.datastore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Repository;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;

/**
 * The folder in which a real server keeps its data, read as a fleet. Damaged files are noted and
 * skipped.
 *
 * @since 0.1.0
 */
public final class Datastore implements FleetSource {
  private final Path root;
  private final String password;
  private final FleetConfig config;
  private final Damage damage = new Damage();
  private final JsonLines json = new JsonLines(damage);
  private final DatastoreRecords records = new DatastoreRecords(json, damage);
  private final StoredRows rows;
  private final DatastoreHistory history;
  private final LongNames names;
  private final DatastoreHunts hunts;

  /**
   * Opens a datastore.
   *
   * @param root the folder with {@code clients}
   * @param clockStart when virtual time begins
   */
  public Datastore(Path root, Instant clockStart) {
    this(root, clockStart, "");
  }

  /**
   * The same, where encrypted archives that rules import are opened with a password.
   *
   * @param password empty for none
   */
  public Datastore(Path root, Instant clockStart, String password) {
    this.root = root;
    this.password = password;
    this.names = new LongNames(root, json, damage);
    FlowTimes times = new FlowTimes(clockStart);
    PackedFiles packed = new PackedFiles(damage);
    DatastoreFiles files = new DatastoreFiles(root, packed, names, damage);
    this.rows = new StoredRows(json, packed, damage);
    this.history = new DatastoreHistory(root, records, rows, files, names, times, damage);
    this.hunts = new DatastoreHunts(root, records, rows, names, json, damage);
    FleetConfig standard = FleetConfig.DEFAULT;
    this.config =
        new FleetConfig(
            clockStart,
            null,
            List.of(),
            standard.idSeed(),
            standard.indexedMetadata(),
            standard.order());
  }

  /** Whether a folder is a datastore. */
  public static boolean isDatastore(Path folder) {
    return Files.isDirectory(folder.resolve("clients"))
        || Files.isRegularFile(folder.resolve("client_info").resolve("snapshot.json"));
  }

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public FleetConfig config() {
    return config;
  }

  @Override
  public List<Artifact> artifacts() {
    List<Artifact> artifacts = new ArrayList<>();
    Repository known = Repository.standard();
    for (Path file : damage.files(root.resolve("artifact_definitions"))) {
      Artifact artifact =
          file.toString().endsWith(".yaml")
              ? damage.guarded(file, () -> definition(file, known))
              : null;
      if (artifact != null) {
        artifacts.add(artifact);
      }
    }
    return artifacts;
  }

  private Artifact definition(Path file, Repository known) {
    Artifact artifact = new FleetYaml(file).artifact(damage::note);
    try {
      known.define(artifact);
      return artifact;
    } catch (ArtifactException e) {
      throw FleetException.in(file.toString(), e.getMessage());
    }
  }

  /** The ids of all clients that have a record or a folder. */
  private Set<String> clientIds() {
    Set<String> ids = new LinkedHashSet<>();
    for (Path entry : damage.list(root.resolve("clients"), name -> true)) {
      ids.add(names.of(DatastoreRecords.name(entry)));
    }
    ids.remove("server");
    return ids;
  }

  @Override
  public void clients(Consumer<Dict> out) {
    Path snapshot = root.resolve("client_info").resolve("snapshot.json");
    Set<String> seen = new LinkedHashSet<>();
    rows.each(snapshot, row -> snapshot(snapshot, (Dict) row, seen, out));
    for (String id : clientIds()) {
      Dict record = seen.contains(id) ? null : client(id);
      if (record != null) {
        out.accept(record);
      }
    }
  }

  private boolean snapshot(Path file, Dict row, Set<String> seen, Consumer<Dict> out) {
    String id = String.valueOf(row.get("client_id"));
    Dict record =
        damage.guarded(
            file + ": client " + id,
            () ->
                ProtoRecords.CLIENT.binary(
                    HexFormat.of().parseHex(String.valueOf(row.get("info")))));
    if (record != null && seen.add(id)) {
      out.accept(record.toBuilder().replace("client_id", id).build());
    }
    return true;
  }

  private Dict client(String id) {
    Dict record = records.read(root.resolve("clients"), PathNames.encode(id), ProtoRecords.CLIENT);
    Path folder = history.client(id);
    Dict ping = records.read(folder, "ping", ProtoRecords.CLIENT);
    Dict merged = DatastoreRecords.over(record, ping);
    Dict labels = records.read(folder, "labels", ProtoRecords.CLIENT_LABELS);
    if (merged == null && labels == null) {
      return null;
    }
    Dict.Builder out = (merged == null ? Dict.EMPTY : merged).toBuilder().replace("client_id", id);
    if (labels != null) {
      out.replace("labels", labels.get("label") == null ? List.of() : labels.get("label"));
      out.replace("labels_timestamp", FlowTimes.number(labels, "timestamp"));
    }
    return out.build();
  }

  @Override
  public void metadata(Consumer<Dict> out) {
    Set<String> ids = clientIds();
    ids.add("server");
    for (String id : ids) {
      Dict stored = records.read(history.client(id), "metadata", ProtoRecords.METADATA);
      if (stored != null && stored.get("items") instanceof List<?> items) {
        Dict.Builder metadata = Dict.builder();
        for (Object item : items) {
          Dict pair = (Dict) item;
          metadata.set(String.valueOf(pair.get("key")), pair.get("value"));
        }
        out.accept(Dict.of("client_id", id, "metadata", metadata.build()));
      }
    }
  }

  @Override
  public Dict serverTable() {
    return records.read(root.resolve("config"), "server_monitoring", ProtoRecords.SERVER_TABLE);
  }

  @Override
  public Dict clientTable() {
    return records.read(root.resolve("config"), "client_monitoring", ProtoRecords.CLIENT_TABLE);
  }

  @Override
  public void hunts(Consumer<Dict> out) {
    hunts.each(out);
  }

  @Override
  public Recorded recorded() {
    return history;
  }

  @Override
  public Completions completions() {
    List<Completions.Entry> entries = new ArrayList<>();
    FlowTimes times = new FlowTimes(config.clockStart());
    Set<String> owners = clientIds();
    owners.add("server");
    for (String client : owners) {
      for (String flow : history.flowIds(client)) {
        Dict context = history.flow(client, flow);
        if (context != null) {
          entries.add(new Completions.Entry(times.end(context), client, flow));
        }
      }
    }
    return new Completions(entries.toArray(new Completions.Entry[0]));
  }

  @Override
  public void survey() {
    damage.guarded(
        root,
        () -> {
          new DatastoreLayout(root).unknown(damage::note);
          return true;
        });
  }

  @Override
  public Map<String, Long> leftOut() {
    return new DatastoreLayout(root).leftOut();
  }

  @Override
  public List<String> problems() {
    return damage.problems();
  }

  @Override
  public void note(String problem) {
    damage.note(problem);
  }

  @Override
  public void close() {
    // Files are opened and closed with each reading.
  }
}
