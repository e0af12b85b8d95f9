package org.minivql.fleet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * The archive of one collection: made by an offline collector, or exported from a server. Rows are
 * read out of the archive when they are asked for.
 */
final class CollectorArchive implements AutoCloseable {
  private static final long NANOSECONDS = 20_000_000_000_000_000L;
  private static final Pattern KNOWN =
      Pattern.compile(
          "(collection_context|client_info|requests|logs?|uploads|custom_artifacts|metadata)"
              + "\\.json(\\.index)?|(logs?|uploads)\\.csv|uploads/.*|results/.*\\.(json|json\\.index|csv)"
              + "|[^/]+/[^/]+\\.csv|report\\.html");
  private static final long LARGEST_RECORD = 64L << 20;

  private final Path file;
  private final ZipFile zip;
  private final Damage damage;
  private final JsonLines json;
  private final Map<String, ZipEntry> results = new TreeMap<>();

  /**
   * Opens an archive.
   *
   * @param damage is told of members that cannot be read; they are left out
   * @param password opens it where it is encrypted; empty for none
   */
  CollectorArchive(Path file, Damage damage, String password) {
    this.file = file;
    this.damage = damage;
    this.json = new JsonLines(damage);
    this.zip = SealedCollection.open(file, password);
    boolean old = zip.stream().noneMatch(entry -> entry.getName().startsWith("results/"));
    zip.stream()
        .filter(entry -> entry.getName().endsWith(".json"))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .forEach(entry -> result(entry, old));
  }

  /** Very old archives have their results at the top, one folder for each artifact. */
  private void result(ZipEntry entry, boolean old) {
    String name = entry.getName();
    String path = name.substring(0, name.length() - ".json".length());
    if (name.startsWith("results/")) {
      results.put(PathNames.decode(path.substring("results/".length())), entry);
    } else if (old && path.indexOf('/') > 0 && !name.startsWith("uploads/")) {
      results.put(PathNames.decode(path), entry);
    }
  }

  Path file() {
    return file;
  }

  /** The names of the result sets that have rows. */
  List<String> resultNames() {
    return results.entrySet().stream()
        .filter(entry -> entry.getValue().getSize() != 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The flow with all that is known about it; times are microseconds. */
  Dict flow() {
    Dict given = record("collection_context.json");
    Dict context = given.get("context") instanceof Dict inner ? inner : given;
    Dict.Builder flow = ProtoRecords.FLOW.json(context).toBuilder();
    for (String time : List.of("create_time", "start_time", "active_time")) {
      long value = FlowTimes.number(context, time);
      if (value > NANOSECONDS) {
        flow.replace(time, value / 1000);
      }
    }
    if (!(context.get("session_id") instanceof String id) || id.isEmpty()) {
      flow.replace("session_id", "F." + checksum().toUpperCase(Locale.ROOT));
    }
    DerivedFlow.complete(context, resultNames(), flow);
    return flow.build();
  }

  private String checksum() {
    CRC32 sum = new CRC32();
    zip.stream()
        .forEach(
            entry ->
                sum.update(
                    (entry.getName() + entry.getCrc())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  /** Whether the times of the flow were written by an offline collector, in nanoseconds. */
  boolean nanoseconds() {
    Dict given = record("collection_context.json");
    Dict context = given.get("context") instanceof Dict inner ? inner : given;
    return FlowTimes.number(context, "create_time") > NANOSECONDS
        || FlowTimes.number(context, "start_time") > NANOSECONDS;
  }

  /** The record of the client that the archive is from; without an id where it says none. */
  Dict client() {
    Dict info = record("client_info.json");
    if (info.has("client_id")) {
      return ProtoRecords.CLIENT.json(info);
    }
    Dict basic = info.size() > 0 ? info : basicInformation();
    Dict.Builder client = Dict.builder();
    String platform = text(basic, "Platform");
    client.set("hostname", text(basic, "Hostname")).set("fqdn", text(basic, "Fqdn"));
    client.set("system", text(basic, "OS")).set("architecture", text(basic, "Architecture"));
    client.set("release", platform + text(basic, "PlatformVersion"));
    client.set("client_name", text(basic, "Name")).set("build_time", text(basic, "BuildTime"));
    client.set("client_version", text(basic, "Version"));
    client.set("build_url", text(basic, "build_url"));
    if (basic.get("MACAddresses") instanceof List<?> addresses) {
      client.set("mac_addresses", addresses);
    }
    if (basic.get("Labels") instanceof List<?> labels) {
      client.set("labels", labels);
    }
    String host = text(basic, "HostID");
    Object id = flowClient();
    if (!host.isEmpty()) {
      client.set("client_id", "C." + host);
    } else if (id != null) {
      client.set("client_id", id);
    }
    return client.build();
  }

  private Object flowClient() {
    Dict given = record("collection_context.json");
    Dict context = given.get("context") instanceof Dict inner ? inner : given;
    return context.get("client_id") instanceof String id && !id.isEmpty() ? id : null;
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
  String madeUpClient() {
    String host = text(client(), "hostname");
    CRC32 sum = new CRC32();
    sum.update(host.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return "C." + String.format(Locale.ROOT, "%08x", sum.getValue()) + checksum();
  }

  /** Reads one result set; false where there is none. */
  boolean rows(String name, Sink out) {
    ZipEntry entry = results.get(name);
    if (entry == null) {
      return false;
    }
    read(entry, out);
    return true;
  }

  /** Reads the log. */
  void logs(Sink out) {
    for (String name : List.of("log.json", "logs.json")) {
      ZipEntry entry = zip.getEntry(name);
      if (entry != null) {
        read(entry, out);
        return;
      }
    }
    ZipEntry table = zip.getEntry("logs.csv");
    if (table != null) {
      guarded(
          table,
          () -> {
            try (InputStream in = new BufferedInputStream(zip.getInputStream(table))) {
              return OldLogs.table(in, place(table), out);
            }
          });
    }
  }

  /** Reads something of a member; what cannot be read is noted. */
  private interface Reading<T> {
    T read() throws IOException, FormatException;
  }

  private <T> T guarded(ZipEntry member, Reading<T> reading) {
    return damage.guarded(
        place(member),
        () -> {
          try {
            return reading.read();
          } catch (FormatException e) {
            throw FleetException.in(place(member), "not JSON: " + e.getMessage());
          } catch (IOException e) {
            throw FleetException.in(place(member), JsonLines.reason(e));
          }
        });
  }

  private String place(ZipEntry member) {
    return file + "!" + member.getName();
  }

  /** The members that are of no known kind. */
  List<String> unknownMembers() {
    return members().stream()
        .filter(name -> !name.endsWith("/") && !KNOWN.matcher(name).matches())
        .filter(
            name -> results.values().stream().noneMatch(entry -> name.startsWith(entry.getName())))
        .map(name -> file + "!" + name)
        .toList();
  }

  /** Reads the list of uploads, each where a server has it that imported the archive. */
  void uploads(String clientId, String flowId, Sink out) {
    ZipEntry entry = zip.getEntry("uploads.json");
    if (entry != null) {
      read(entry, row -> out.row(placed((Dict) row, UploadDirectory.place(clientId, flowId))));
    }
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
    zip.stream()
        .filter(entry -> entry.getName().startsWith("uploads/") && !entry.isDirectory())
        .forEach(
            entry ->
                out.accept(
                    new Uploaded(
                        place(entry),
                        Stream.of(entry.getName().split("/"))
                            .skip(1)
                            .filter(part -> !part.isEmpty())
                            .map(PathNames::decode)
                            .toList(),
                        () -> zip.getInputStream(entry),
                        entry.getLastModifiedTime())));
  }

  /**
   * An uploaded file.
   *
   * @param place what to call it in messages
   * @param path the accessor and the path on the client, then {@code .idx} at its end for the
   *     ranges of a sparse one
   */
  record Uploaded(
      String place, List<String> path, FleetWriter.Opening content, FileTime modified) {}

  private void read(ZipEntry entry, Sink out) {
    guarded(
        entry,
        () -> {
          try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            return json.read(in, place(entry), (row, line) -> out.row(row));
          }
        });
  }

  private Dict record(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Dict.EMPTY;
    }
    Dict record =
        guarded(
            entry,
            () -> {
              try (InputStream in = zip.getInputStream(entry)) {
                byte[] bytes = in.readNBytes((int) LARGEST_RECORD);
                if (Json.parse(Bytes.decode(bytes)) instanceof Dict dict) {
                  return dict;
                }
                throw FleetException.in(place(entry), "not a JSON object");
              }
            });
    return record == null ? Dict.EMPTY : record;
  }

  /** The sizes of all members: what a summary shows. */
  List<String> members() {
    List<String> names = new ArrayList<>();
    zip.stream().forEach(entry -> names.add(entry.getName()));
    return names;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
  }
}
