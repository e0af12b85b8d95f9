package org.minivql.fleet.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.Expectations;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.source.Hosts;
import org.minivql.fleet.source.Step;
import org.minivql.format.Json;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.record.Form;
import org.minivql.registry.record.Forms;
import org.minivql.value.Dict;

/**
 * A fleet in the project's own layout: a folder of JSON, JSON lines and YAML.
 *
 * @since 0.1.0
 */
public final class FleetDirectory implements FleetSource {
  private static final List<String> UNREAD =
      List.of("hosts", "script.jsonl", "expect", "programs", "plan.json");

  private final Path root;
  private final String password;
  private final JsonLines json = new JsonLines();
  private final FleetConfig config;
  private final FlowTimes times;
  private final RecordedDirectory recorded;
  private final Damage damage = new Damage();
  private final List<Path> strays = new ArrayList<>();
  private final Set<Path> named = new HashSet<>();
  private boolean surveyed;
  private boolean listed;

  /**
   * Opens a fleet.
   *
   * @param root the folder with {@code fleet.yaml}
   * @throws FleetException where there is none or its settings are wrong
   */
  public FleetDirectory(Path root) {
    this(root, "");
  }

  /**
   * The same, where encrypted archives that steps and rules import are opened with a password.
   *
   * @param password empty for none
   */
  public FleetDirectory(Path root, String password) {
    Path settings = root.resolve("fleet.yaml");
    if (!Files.isRegularFile(settings)) {
      throw FleetException.in(root.toString(), "not a fleet: there is no fleet.yaml");
    }
    this.root = root;
    this.password = password;
    this.config = new FleetYaml(settings).config();
    this.times = new FlowTimes(config.clockStart());
    this.recorded = new RecordedDirectory(root, json, times);
    Strays.settings(root, strays::add);
  }

  /** Whether a folder is a fleet of this layout. */
  public static boolean isFleet(Path folder) {
    return Files.isRegularFile(folder.resolve("fleet.yaml"));
  }

  /** The folder. */
  public Path root() {
    return root;
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
    for (Path file :
        Folders.list(root.resolve("artifacts"), n -> n.endsWith(".yaml") || n.endsWith(".yml"))) {
      artifacts.add(new FleetYaml(file).artifact(damage::note));
    }
    return artifacts;
  }

  @Override
  public void clients(Consumer<Dict> out) {
    lines("clients.jsonl", "client_id", out);
  }

  @Override
  public void metadata(Consumer<Dict> out) {
    lines("metadata.jsonl", "client_id", out);
  }

  @Override
  public void hunts(Consumer<Dict> out) {
    lines("hunts.jsonl", "hunt_id", out);
  }

  private void lines(String name, String id, Consumer<Dict> out) {
    Path file = root.resolve(name);
    if (Files.isRegularFile(file)) {
      json.read(
          file,
          (row, line) -> {
            if (!(row.get(id) instanceof String)) {
              throw FleetException.at(
                  file.toString(), line, 1, "there is no " + id, Json.text(row));
            }
            out.accept(row);
            return true;
          });
    }
  }

  @Override
  public Dict serverTable() {
    Dict table = table("server.yaml");
    known("server.yaml", table, Forms.TABLE);
    return table;
  }

  @Override
  public Dict clientTable() {
    Dict table = table("client.yaml");
    known("client.yaml", table, Forms.CLIENT_TABLE);
    if (table != null) {
      known("client.yaml", table.get("artifacts"), Forms.TABLE);
      for (Object group : table.get("label_events") instanceof List<?> list ? list : List.of()) {
        known("client.yaml", group, Forms.LABEL_TABLE);
        known(
            "client.yaml", group instanceof Dict dict ? dict.get("artifacts") : null, Forms.TABLE);
      }
    }
    return table;
  }

  /** Notes members that nothing reads, such as misspelt ones. */
  private void known(String name, Object part, Form form) {
    for (String member : part instanceof Dict dict ? dict.memberNames() : List.<String>of()) {
      if (form.shape().indexOf(member) < 0) {
        Path file = root.resolve("tables").resolve(name);
        damage.note(file + ": a table has no " + Json.text(member) + ", ignored");
      }
    }
  }

  private Dict table(String name) {
    Path file = root.resolve("tables").resolve(name);
    return Files.isRegularFile(file) ? new FleetYaml(file).dict() : null;
  }

  @Override
  public Recorded recorded() {
    return recorded;
  }

  @Override
  public Completions completions() {
    List<Completions.Entry> entries = new ArrayList<>();
    for (Path client : Folders.folders(root.resolve("flows"))) {
      String clientId = PathNames.decode(client.getFileName().toString());
      for (Path flow : Folders.folders(client)) {
        Path context = flow.resolve("context.json");
        Dict given = Files.isRegularFile(context) ? json.file(context) : Dict.EMPTY;
        String flowId = PathNames.decode(flow.getFileName().toString());
        entries.add(new Completions.Entry(times.end(FlowTimes.known(given)), clientId, flowId));
      }
    }
    return new Completions(entries.toArray(new Completions.Entry[0]));
  }

  @Override
  public boolean script(Consumer<Step> out) {
    Path file = root.resolve("script.jsonl");
    if (!Files.isRegularFile(file)) {
      return false;
    }
    new Script(file, json, damage::note)
        .read(
            step -> {
              step.file().ifPresent(this::name);
              out.accept(step);
            });
    return true;
  }

  private void name(Path file) {
    Path relative = file.normalize();
    if (!relative.isAbsolute() && !relative.startsWith("..")) {
      named.add(root.resolve(relative));
    }
  }

  @Override
  public Hosts hosts() {
    Path hosts = root.resolve("hosts");
    return Files.isDirectory(hosts) ? new HostDirectory(hosts, json) : Hosts.NONE;
  }

  @Override
  public Expectations expectations() {
    return ExpectationFiles.read(root.resolve("expect"), root.resolve("plan.json"), json);
  }

  /** The programs to run at the end, by name. */
  public List<Path> programs() {
    return Folders.list(root.resolve("programs"), name -> name.endsWith(".vql"));
  }

  /** What else belongs to the fleet beside what the methods of a source give, as it is on disk. */
  public List<Path> unread() {
    List<Path> paths = new ArrayList<>();
    for (String name : UNREAD) {
      paths.add(root.resolve(name));
    }
    script(step -> {});
    named.stream().sorted().forEach(paths::add);
    return paths.stream().filter(Files::exists).distinct().toList();
  }

  @Override
  public void survey() {
    if (!surveyed) {
      surveyed = true;
      recorded.checkEvents(damage);
      new HostDirectory(root.resolve("hosts"), json).check(damage);
    }
  }

  @Override
  public List<String> problems() {
    if (!listed) {
      listed = true;
      Strays.recordings(root, strays::add);
    }
    // What a step names is read by it.
    Stream<String> ignored =
        strays.stream()
            .filter(stray -> named.stream().noneMatch(file -> file.startsWith(stray)))
            .map(stray -> stray + ": not part of a fleet, ignored");
    return Stream.concat(ignored, damage.problems().stream()).toList();
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
