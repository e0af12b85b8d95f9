package org.minivql.fleet.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;

/**
 * Archives of offline collectors, and exports of a server, as a fleet: each is a flow of a client,
 * or the flows of a hunt.
 *
 * @since 0.1.0
 */
public final class CollectorArchives implements FleetSource {
  private static final Map<String, String> LEFT_OUT =
      new TreeMap<>(
          Map.of(
              "metadata.json",
              "metadata of collections",
              "requests.json",
              "compiled requests",
              "report.html",
              "reports"));

  private final Path path;
  private final String password;
  private final FleetConfig config = FleetConfig.DEFAULT;
  private final Damage damage = new Damage();
  private final List<ArchiveMembers> opened = new ArrayList<>();
  private final Map<String, CollectorArchive> archives = new LinkedHashMap<>();
  private final ArchiveHistory history = new ArchiveHistory(archives);
  private final List<HuntExport> exports = new ArrayList<>();
  private final Map<String, Dict> clients = new LinkedHashMap<>();
  private final Map<String, Dict> hunts = new LinkedHashMap<>();

  /**
   * Opens one archive, or all in a folder.
   *
   * @throws FleetException where a single archive cannot be read; in a folder it is noted
   */
  public CollectorArchives(Path path) {
    this(path, "");
  }

  /**
   * The same, where encrypted archives are opened with a password.
   *
   * @param password empty for none
   */
  public CollectorArchives(Path path, String password) {
    this.path = path;
    this.password = password;
    if (Files.isDirectory(path)) {
      for (Path file : Folders.list(path, name -> name.endsWith(".zip"))) {
        damage.guarded(file, () -> open(file));
      }
    } else {
      open(path);
    }
  }

  /** Whether a path is an archive or a folder with some. */
  public static boolean isArchives(Path path) {
    return Files.isDirectory(path)
        ? !Folders.list(path, name -> name.endsWith(".zip")).isEmpty()
        : path.toString().endsWith(".zip");
  }

  private boolean open(Path file) {
    ArchiveMembers members = ArchiveMembers.open(file, damage, password);
    opened.add(members);
    if (HuntExport.is(members)) {
      add(new HuntExport(members));
    } else {
      add(new CollectorArchive(members, ""));
    }
    return true;
  }

  /** Adds the flows of a hunt; more than one archive may have some of them. */
  private void add(HuntExport export) {
    exports.add(export);
    Dict hunt = export.hunt();
    Object id = hunt.get("hunt_id");
    Set<Object> members = new LinkedHashSet<>();
    Dict before = hunts.get(id);
    if (before != null) {
      members.addAll((List<?>) before.get("members"));
    }
    for (CollectorArchive flow : export.flows()) {
      members.add(add(flow));
    }
    if (id instanceof String known) {
      hunts.put(known, hunt.toBuilder().set("members", List.copyOf(members)).build());
    }
  }

  /** Adds a collection and answers who has it, as a member of a hunt. */
  private Dict add(CollectorArchive archive) {
    Dict client = archive.client();
    String id = client.get("client_id") instanceof String known ? known : sameHost(client, archive);
    clients.putIfAbsent(id, client.toBuilder().replace("client_id", id).build());
    Object flow = archive.flow().get("session_id");
    CollectorArchive other = archives.putIfAbsent(id + "/" + flow, archive);
    if (other != null) {
      damage.note(
          archive.place()
              + ": has flow "
              + flow
              + " of "
              + id
              + " again, which is read from "
              + other.place());
    }
    return Dict.of("ClientId", id, "FlowId", flow);
  }

  /** The clients whose archives have the times of their flows in nanoseconds. */
  public List<String> nanoseconds() {
    List<String> ids = new ArrayList<>();
    archives.forEach(
        (key, archive) -> {
          if (archive.nanoseconds()) {
            ids.add(key.substring(0, key.indexOf('/')));
          }
        });
    return ids;
  }

  private String sameHost(Dict client, CollectorArchive archive) {
    String host = hostname(client);
    for (Map.Entry<String, Dict> known : clients.entrySet()) {
      if (!host.isEmpty() && host.equalsIgnoreCase(hostname(known.getValue()))) {
        return known.getKey();
      }
    }
    return archive.madeUpClient();
  }

  private static String hostname(Dict client) {
    return client.get("hostname") instanceof String name ? name : "";
  }

  @Override
  public String name() {
    return path.toString();
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
    ArchiveDefinitions definitions = new ArchiveDefinitions(damage);
    archives.values().forEach(definitions::add);
    return definitions.all();
  }

  @Override
  public void clients(Consumer<Dict> out) {
    clients.values().forEach(out);
  }

  @Override
  public void metadata(Consumer<Dict> out) {
    // Archives know nothing about it.
  }

  @Override
  public Dict serverTable() {
    return null;
  }

  @Override
  public Dict clientTable() {
    return null;
  }

  @Override
  public void hunts(Consumer<Dict> out) {
    hunts.values().forEach(out);
  }

  @Override
  public Recorded recorded() {
    return history;
  }

  /** Visits the files that were uploaded with a flow. */
  public void uploads(String clientId, String flowId, Consumer<CollectorArchive.Uploaded> out) {
    CollectorArchive archive = archives.get(clientId + "/" + flowId);
    if (archive != null) {
      archive.uploads(out);
    }
  }

  @Override
  public void survey() {
    List<String> unknown = new ArrayList<>();
    exports.forEach(export -> unknown.addAll(export.unknownMembers()));
    archives.values().forEach(archive -> unknown.addAll(archive.unknownMembers()));
    unknown.forEach(name -> damage.note(name + ": is of no known kind"));
    archives.values().stream()
        .flatMap(archive -> archive.unreadTables().stream())
        .forEach(name -> damage.note(name + ": is not read, and its rows are not there as JSON"));
  }

  @Override
  public Map<String, Long> leftOut() {
    Map<String, Long> counts = new LinkedHashMap<>();
    LEFT_OUT.forEach(
        (member, kind) -> {
          long count = archives.values().stream().filter(a -> a.members().contains(member)).count();
          if (count > 0) {
            counts.put(kind, count);
          }
        });
    return counts;
  }

  @Override
  public Completions completions() {
    List<Completions.Entry> entries = new ArrayList<>();
    FlowTimes times = new FlowTimes(Instant.EPOCH);
    archives.forEach(
        (key, archive) -> {
          int slash = key.indexOf('/');
          entries.add(
              new Completions.Entry(
                  times.end(archive.flow()), key.substring(0, slash), key.substring(slash + 1)));
        });
    return new Completions(entries.toArray(new Completions.Entry[0]));
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
    opened.forEach(ArchiveMembers::close);
  }
}
