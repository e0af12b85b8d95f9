package org.minivql.fleet.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.minivql.accessor.PathStyle;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Repository;
import org.minivql.fleet.datastore.OldLogs;
import org.minivql.fleet.datastore.ProtoRecords;
import org.minivql.fleet.directory.UploadDirectory;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.DerivedFlow;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.Opening;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.Json;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * The archive of one collection: made by an offline collector, or exported from a server. Rows are
 * read out of the archive when they are asked for.
 */
public final class CollectorArchive implements AutoCloseable {
  private static final long NANOSECONDS = 20_000_000_000_000_000L;
  private static final Pattern KNOWN =
      Pattern.compile(
          "(collection_context|client_info|requests|logs?|uploads|custom_artifacts|metadata)"
              + "\\.json(\\.index)?|(logs?|uploads)\\.csv|uploads/.*|results/.*\\.(json|json\\.index|csv)"
              + "|[^/]+/[^/]+\\.csv|report\\.html");

  private static final String DEFINITIONS = "custom_artifacts.json";

  private final ArchiveMembers members;
  private final String client;
  private final Map<String, String> results = new TreeMap<>();

  /**
   * Opens an archive.
   *
   * @param damage is told of members that cannot be read; they are left out
   * @param password opens it where it is encrypted; empty for none
   */
  public CollectorArchive(Path file, Damage damage, String password) {
    this(ArchiveMembers.open(file, damage, password), "");
  }

  /**
   * The collection that an archive, or a folder of one, has.
   *
   * @param client of whom it is where no member says so; empty where that is not known
   */
  public CollectorArchive(ArchiveMembers members, String client) {
    this.members = members;
    this.client = client;
    boolean old = members.names().stream().noneMatch(name -> name.startsWith("results/"));
    members.names().stream()
        .filter(name -> name.endsWith(".json"))
        .sorted()
        .forEach(name -> result(name, old));
  }

  /** Very old archives have their results at the top, one folder for each artifact. */
  private void result(String name, boolean old) {
    String path = name.substring(0, name.length() - ".json".length());
    if (name.startsWith("results/")) {
      results.put(PathStyle.unescape(path.substring("results/".length())), name);
    } else if (old && path.indexOf('/') > 0 && !name.startsWith("uploads/")) {
      results.put(PathStyle.unescape(path), name);
    }
  }

  /** Visits the definitions that the collection was made with; wrong ones are noted. */
  public void artifacts(Consumer<Artifact> out) {
    Object given = members.value(DEFINITIONS);
    Repository known = Repository.standard();
    for (Object item : given instanceof List<?> list ? list : Collections.singletonList(given)) {
      Artifact artifact =
          item == null ? null : members.guarded(DEFINITIONS, () -> definition(item, known));
      if (artifact != null) {
        out.accept(artifact);
      }
    }
  }

  private Artifact definition(Object given, Repository known) {
    String name = "";
    try {
      if (given instanceof Dict dict) {
        name = "artifact " + text(dict, "name") + ": ";
        String raw = text(dict, "raw");
        String which = name;
        Consumer<ArtifactException> skipped =
            e -> members.note(DEFINITIONS, which + FleetYaml.SKIPPED + e.getMessage());
        Artifact artifact =
            raw.isBlank() ? Artifact.load(dict, skipped) : Artifact.load(raw, skipped);
        known.define(artifact);
        return artifact;
      }
    } catch (ArtifactException e) {
      throw FleetException.in(members.place(DEFINITIONS), name + e.getMessage());
    }
    throw FleetException.in(members.place(DEFINITIONS), "not a definition: " + Json.text(given));
  }

  /** The names of the result sets that have rows. */
  List<String> resultNames() {
    return results.entrySet().stream()
        .filter(entry -> members.size(entry.getValue()) != 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Dict context() {
    Dict given = members.record("collection_context.json");
    return given.get("context") instanceof Dict inner ? inner : given;
  }

  /** The flow with all that is known about it; times are microseconds. */
  public Dict flow() {
    Dict context = context();
    Dict.Builder flow = ProtoRecords.FLOW.json(context).toBuilder();
    for (String time : List.of("create_time", "start_time", "active_time")) {
      long value = FlowTimes.number(context, time);
      if (value > NANOSECONDS) {
        flow.replace(time, value / 1000);
      }
    }
    if (!(context.get("session_id") instanceof String id) || id.isEmpty()) {
      flow.replace("session_id", "F." + members.checksum().toUpperCase(Locale.ROOT));
    }
    DerivedFlow.complete(context, resultNames(), flow);
    return flow.build();
  }

  /** Whether the times of the flow were written by an offline collector, in nanoseconds. */
  public boolean nanoseconds() {
    Dict context = context();
    return FlowTimes.number(context, "create_time") > NANOSECONDS
        || FlowTimes.number(context, "start_time") > NANOSECONDS;
  }

  /** The record of the client that the archive is from; without an id where it says none. */
  public Dict client() {
    Dict info = members.record("client_info.json");
    if (info.has("client_id")) {
      return ProtoRecords.CLIENT.json(info);
    }
    Dict basic = info.size() > 0 ? info : basicInformation();
    Dict.Builder record = Dict.builder();
    String platform = text(basic, "Platform");
    record.set("hostname", text(basic, "Hostname")).set("fqdn", text(basic, "Fqdn"));
    record.set("system", text(basic, "OS")).set("architecture", text(basic, "Architecture"));
    record.set("release", platform + text(basic, "PlatformVersion"));
    record.set("client_name", text(basic, "Name")).set("build_time", text(basic, "BuildTime"));
    record.set("client_version", text(basic, "Version"));
    record.set("build_url", text(basic, "build_url"));
    if (basic.get("MACAddresses") instanceof List<?> addresses) {
      record.set("mac_addresses", addresses);
    }
    if (basic.get("Labels") instanceof List<?> labels) {
      record.set("labels", labels);
    }
    String host = text(basic, "HostID");
    String id = host.isEmpty() ? flowClient() : "C." + host;
    if (!id.isEmpty()) {
      record.set("client_id", id);
    }
    return record.build();
  }

  private String flowClient() {
    String id = text(context(), "client_id");
    return id.isEmpty() ? client : id;
  }

  private Dict basicInformation() {
    Dict[] first = {Dict.EMPTY};
    for (String name : results.keySet()) {
      if (name.endsWith("Generic.Client.Info/BasicInformation")) {
        rows(
            name,
            row -> {
              first[0] = (Dict) row;
              return false;
            });
      }
    }
    return first[0];
  }

  private static String text(Dict dict, String name) {
    return dict.get(name) == null ? "" : String.valueOf(dict.get(name));
  }

  /** An id for the client where neither the archive nor the server knows one. */
  public String madeUpClient() {
    String host = text(client(), "hostname");
    CRC32 sum = new CRC32();
    sum.update(host.getBytes(StandardCharsets.UTF_8));
    return "C." + String.format(Locale.ROOT, "%08x", sum.getValue()) + members.checksum();
  }

  /** Reads one result set; false where there is none. */
  boolean rows(String name, Sink out) {
    String member = results.get(name);
    return member != null && members.rows(member, out);
  }

  /** Reads the log. */
  void logs(Sink out) {
    if (!members.rows("log.json", out) && !members.rows("logs.json", out)) {
      members.read("logs.csv", in -> OldLogs.table(in, members.place("logs.csv"), out));
    }
  }

  /** The tables of rows that are not there as JSON, too, and are not read. */
  List<String> unreadTables() {
    return members.names().stream()
        .filter(name -> name.startsWith("results/") && name.endsWith(".csv"))
        .filter(name -> !members.has(name.replaceFirst("\\.csv$", ".json")))
        .map(members::place)
        .toList();
  }

  /** The members that are of no known kind. */
  List<String> unknownMembers() {
    return members.names().stream()
        .filter(name -> !name.endsWith("/") && !KNOWN.matcher(name).matches())
        .filter(name -> results.values().stream().noneMatch(name::startsWith))
        .map(members::place)
        .toList();
  }

  /** Reads the list of uploads, each where a server has it that imported the archive. */
  void uploads(String clientId, String flowId, Sink out) {
    members.rows(
        "uploads.json",
        row -> out.row(placed((Dict) row, UploadDirectory.place(clientId, flowId))));
  }

  private static Dict placed(Dict upload, List<String> folder) {
    if (!(upload.get("_Components") instanceof List<?> path)
        || path.isEmpty()
        || !path.get(0).equals("uploads")) {
      return upload;
    }
    List<Object> stored = new ArrayList<>(folder);
    stored.addAll(path.subList(1, path.size()));
    return upload.toBuilder().replace("_Components", stored).build();
  }

  /** Visits the uploaded files. */
  void uploads(Consumer<Uploaded> out) {
    members.names().stream()
        .filter(name -> name.startsWith("uploads/") && !name.endsWith("/"))
        .forEach(
            name ->
                out.accept(
                    new Uploaded(
                        members.place(name),
                        Stream.of(name.split("/"))
                            .skip(1)
                            .filter(part -> !part.isEmpty())
                            .map(PathStyle::unescape)
                            .toList(),
                        Math.max(0, members.size(name)),
                        () -> members.open(name),
                        members.modified(name))));
  }

  /**
   * An uploaded file.
   *
   * @param place what to call it in messages
   * @param path the accessor and the path on the client, then {@code .idx} at its end for the
   *     ranges of a sparse one
   * @param size its bytes
   */
  public record Uploaded(
      String place, List<String> path, long size, Opening content, FileTime modified) {}

  /** What to call it in messages. */
  public String place() {
    return members.place();
  }

  /** The names of all members. */
  List<String> members() {
    return members.names();
  }

  @Override
  public void close() {
    members.close();
  }
}
