package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.FormatException;
import org.minivql.format.Json;

/** One file of a server's datastore is damaged: it is told, and nothing else is lost. */
class DamagedDatastoreProperties {
  private static final String CLIENT = "C.4f5e52adf0a337a9";
  private static final String ARTIFACT = "Shop." + "Doors".repeat(60);
  private static final Pattern UNREAD =
      Pattern.compile(
          "(client_idx|hunt_index)/.*|.*\\.(index|csv)|.*/(vfs|vfs_files|tasks)/.*"
              + "|.*/(task|key|stats)\\.db|.*/F\\.Monitoring.*"
              + "|notebooks/.*/(NC\\.[^/]*\\.json\\.db|logs\\.json|uploads/.*)");
  private static Path folder;
  private static Path store;
  private static List<String> files;
  private static Map<String, String> whole;

  private enum Harm {
    TRUNCATED,
    RANDOM,
    EMPTY,
    UNREADABLE,
    LOOP,
    FOLDER
  }

  @BeforeContainer
  static void write() throws IOException {
    folder = Files.createTempDirectory("vql-damage");
    store = folder.resolve("store");
    Path sample = Path.of(System.getProperty("vql.shared.dir", "../shared"), "data", "datastore");
    if (Files.isDirectory(sample)) {
      each(sample, file -> put(sample.relativize(file).toString(), bytes(file)));
    }
    String client = "clients/" + CLIENT + "/";
    text(
        "client_info/snapshot.json",
        "{\"client_id\":\"C.b1\",\"info\":\"0a04432e62311a0354494c\"}\n"
            + "{\"client_id\":\"C.b2\",\"info\":\"0a04432e62321a0354494d\"}\n");
    text(client + "labels.json.db", "{\"label\":[\"New\"],\"timestamp\":\"7\"}");
    text(client + "metadata.json.db", "{\"items\":[{\"key\":\"a\",\"value\":\"1\"}]}");
    text("config/server_monitoring.json.db", "{\"artifacts\":[\"Custom.Shop.Mark\"]}");
    text(
        "config/client_monitoring.json.db", "{\"artifacts\":{\"artifacts\":[]},\"version\":\"3\"}");
    text(
        "artifact_definitions/Custom/Shop/Mark.yaml",
        "name: Custom.Shop.Mark\ntype: SERVER_EVENT\nsources:\n- query: |\n"
            + "    SELECT label(client_id=ClientId, labels='Seen', op='set') AS L\n"
            + "    FROM watch_monitoring(artifact='System.Flow.Completion')\n");
    String flow = client + "collections/F.9";
    text(
        flow + ".json.db",
        "{\"sessionId\":\"F.9\",\"createTime\":\"1600000000000000\",\"state\":\"FINISHED\","
            + "\"artifactsWithResults\":[\"Shop.Tills/Open\"]}");
    text(flow + "/stats.json.db", "{\"totalCollectedRows\":\"3\",\"state\":\"FINISHED\"}");
    text(
        flow + "/logs.json", "{\"client_time\":1,\"message\":\"begun\"}\n{\"message\":\"done\"}\n");
    text(flow + "/uploads.json", "{\"vfs_path\":\"r.bin\",\"file_size\":9}\n");
    text(flow + "/upload_transactions.json", "{\"filename\":\"b\",\"upload_id\":3}\n");
    text(flow + "/uploads/sparse/r.bin", "head");
    text(flow + "/uploads/sparse/r.bin.idx", "{\"ranges\":[{\"file_length\":4,\"length\":4}]}");
    text(flow + "/notebook/N.F.9-" + CLIENT + "/NC.1/query_1.json", "{\"Found\":9}\n");
    text(
        client + "artifacts/" + PathNames.encode(ARTIFACT) + "/F.9.json", "{\"N\":1}\n{\"N\":2}\n");
    text("lfn_hashes/aa/b.json.db", "{\"components\":[\"" + ARTIFACT + "\"]}");
    byte[] packed = deflated("{\"Till\":1}\n{\"Till\":2}\n");
    ByteBuffer index = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    index.putLong(0).putLong(0).putLong(packed.length).putLong(22).putLong(0);
    text(client + "flow_index.json", "{\"FlowId\":\"F.9\",\"Created\":1600000000000000}\n");
    text("clients/C.b3/flow_index.json", "{\"FlowId\":\"F.7\",\"Created\":1600000000000000}\n");
    text("clients/C.b3/artifacts/Shop.Tills/F.7/Shut.json", "{\"Till\":7}\n");
    text("hunts/H.8.json.db", "{\"huntId\":\"H.8\",\"creator\":\"kim\"}");
    text("hunts/H.8/enriched.json", "{\"ClientId\":\"C.b2\",\"FlowId\":\"F.2\"}\n");
    text("hunts/H.8_errors.json", "{\"ClientId\":\"C.b1\",\"FlowId\":\"F.1\"}\n");
    text("hunts/index.json", "{\"HuntId\":\"H.7\",\"Creator\":\"kim\"}\n");
    put(flow + "/uploads/file/packed.txt", packed);
    put(flow + "/uploads/file/packed.txt.chunk", index.array());
    put(client + "artifacts/Shop.Tills/F.9/Open.json", packed);
    put(client + "artifacts/Shop.Tills/F.9/Open.json.chunk", index.array());
    text("server_artifact_logs/Shop.Bell/2020-05-31.json", "{\"message\":\"rang\",\"_ts\":159}\n");
    text("hunts/H.9.json.db", "{\"huntId\":\"H.9\",\"creator\":\"kim\"}");
    text("hunts/H.9.json", "{\"ClientId\":\"" + CLIENT + "\",\"FlowId\":\"F.9\"}\n");
    text("notebooks/N.7.json.db", "{\"notebookId\":\"N.7\",\"name\":\"Night\"}");
    text("notebooks/N.7/NC.2/query_1.json", "{\"Seen\":1}\n{\"Seen\":2}\n");
    text("notebooks/N.7/attach/why.txt", "because");
    files = List.copyOf(tree(store).keySet());
    whole = imported(folder.resolve("whole")).tree();
    assertThat(imported(folder.resolve("again")).problems())
        .hasSize(2)
        .allMatch(p -> p.contains("7.db: is not there, so what is known of this "));
    assertThat(whole.keySet())
        .contains(
            "clients.jsonl",
            "metadata.jsonl",
            "hunts.jsonl",
            "artifacts/Custom.Shop.Mark.yaml",
            "flows/" + CLIENT + "/F.9/results/Shop.Tills%2FOpen.jsonl",
            "flows/" + CLIENT + "/F.9/results/" + PathNames.encode(ARTIFACT) + ".jsonl",
            "flows/" + CLIENT + "/F.9/uploads/sparse/r.bin.idx",
            "flows/" + CLIENT + "/F.9/uploads/file/packed.txt",
            "flows/C.b3/F.7/results/Shop.Tills%2FShut.jsonl",
            "notebooks/N.7/attach/why.txt");
  }

  @AfterContainer
  static void remove() {
    delete(folder);
  }

  @Tag("soak")
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void eachFileMayBeDamaged(
      @ForAll @IntRange(max = 1_000_000) int which, @ForAll Harm harm, @ForAll long seed)
      throws IOException {
    oneDamagedFileIsToldAndNothingElseIsLost(which, harm, seed);
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void oneDamagedFileIsToldAndNothingElseIsLost(
      @ForAll @IntRange(max = 1_000_000) int which, @ForAll Harm harm, @ForAll long seed)
      throws IOException {
    String name = files.get(which % files.size());
    Path file = store.resolve(name);
    byte[] before = Files.readAllBytes(file);
    Path target = folder.resolve("damaged");
    try {
      byte[] after = harm(file, before, harm, new Random(seed));
      Map<String, String> damaged = tree(store);

      FleetSummary.of(source());
      new DryRun(source(), List.of()).plan();
      FleetCheck.of(source());
      Imported copy = imported(target);
      FleetSource again = Fleets.open(target);
      new DryRun(again, List.of()).plan();

      if (mustBeTold(name, harm, before, after)) {
        String told = store.resolve(name.replaceFirst("\\.chunk$", "")).toString();
        assertThat(copy.problems()).as(name).anyMatch(problem -> problem.startsWith(told));
      }
      Pattern theirs = Pattern.compile(imports(name));
      assertThat(without(copy.tree(), theirs)).as(name).isEqualTo(without(whole, theirs));
      assertThat(tree(store)).isEqualTo(damaged);
    } finally {
      delete(file);
      Files.write(file, before);
      delete(target);
    }
  }

  /** Damages a file and answers what it has then; null where it cannot be read at all. */
  private static byte[] harm(Path file, byte[] before, Harm harm, Random random)
      throws IOException {
    byte[] after =
        switch (harm) {
          case TRUNCATED -> Arrays.copyOf(before, random.nextInt(Math.max(1, before.length)));
          case RANDOM -> {
            byte[] bytes = new byte[before.length];
            random.nextBytes(bytes);
            yield bytes;
          }
          case EMPTY -> new byte[0];
          case UNREADABLE, LOOP, FOLDER -> null;
        };
    Files.delete(file);
    if (after != null) {
      Files.write(file, after);
    } else if (harm == Harm.FOLDER) {
      Files.createDirectory(file);
    } else {
      // Reading the memory of a process from its beginning fails, even for who may read all files.
      boolean linux = harm == Harm.UNREADABLE && Files.exists(Path.of("/proc/self/mem"));
      Files.createSymbolicLink(file, linux ? Path.of("/proc/self/mem") : file.getFileName());
    }
    return after;
  }

  private static boolean mustBeTold(String name, Harm harm, byte[] before, byte[] after) {
    if (UNREAD.matcher(name).matches() || Arrays.equals(before, after)) {
      return false;
    }
    if (after == null) {
      return harm != Harm.FOLDER || !Pattern.matches(".*/(uploads|attach)/.*", name);
    }
    if (name.endsWith(".chunk") || name.endsWith("Open.json")) {
      return true;
    }
    if (name.endsWith(".tidx")) {
      return after.length < before.length;
    }
    if (before[0] == 'T' && name.endsWith("/logs.json")) {
      return harm == Harm.RANDOM;
    }
    if (name.endsWith(".json.db") || name.endsWith(".json") && !name.contains("/uploads/")) {
      String text = new String(after, StandardCharsets.ISO_8859_1);
      boolean record = name.endsWith(".db");
      return record ? !isObject(text) : text.lines().anyMatch(l -> !l.isBlank() && !isObject(l));
    }
    return name.endsWith(".yaml") && harm != Harm.TRUNCATED;
  }

  private static boolean isObject(String text) {
    try {
      return Json.parse(text) instanceof org.minivql.value.Dict;
    } catch (FormatException e) {
      return false;
    }
  }

  /** The files of an import that come from a file of the datastore. */
  private static String imports(String name) {
    String[] path = name.split("/");
    String end = "[^/]*";
    return switch (path[0]) {
      case "client_info" -> "clients\\.jsonl";
      case "config" -> "tables/.*";
      case "artifact_definitions" -> "artifacts/.*";
      case "lfn_hashes" -> "flows/.*/results/.*";
      case "server_artifacts" -> "monitoring/server/.*";
      case "server_artifact_logs" -> "monitoring_logs/server/.*";
      case "hunts" -> name.contains("/notebook/") ? "notebooks/N\\.H.*" : "hunts\\.jsonl";
      case "notebooks" -> "notebooks/" + path[1].replace(".json.db", "") + "/.*";
      case "clients" -> {
        if (name.endsWith("flow_index.json")) {
          yield path[1].equals(CLIENT) ? "none" : "flows/" + path[1] + "/.*";
        }
        if (path.length < 4) {
          yield name.contains("metadata") ? "metadata\\.jsonl" : "clients\\.jsonl";
        }
        if (path[2].startsWith("monitoring")) {
          yield path[2] + "/" + path[1] + "/" + path[3] + "/.*";
        }
        if (path[2].equals("artifacts")) {
          String flow = path[4].replaceFirst("\\.json.*", "");
          yield "flows/" + path[1] + "/" + flow + "/results/" + Pattern.quote(path[3]) + end;
        }
        if (name.contains("/notebook/")) {
          yield "notebooks/" + path[5] + "/.*";
        }
        String flow = "flows/" + path[1] + "/" + path[3].replaceFirst("(\\.json)?\\.db$", "") + "/";
        if (path.length == 4 || path[4].equals("stats.json.db")) {
          yield flow + "context\\.json";
        }
        String rest = String.join("/", Arrays.copyOfRange(path, 4, path.length));
        yield flow
            + (path.length > 5
                ? Pattern.quote(rest.replaceFirst("\\.chunk$", ""))
                : rest.split("\\.")[0] + "\\.jsonl");
      }
      default -> "none";
    };
  }

  private static Map<String, String> without(Map<String, String> files, Pattern left) {
    Map<String, String> others = new TreeMap<>(files);
    others.keySet().removeIf(name -> left.matcher(name).matches());
    return others;
  }

  private record Imported(List<String> problems, Map<String, String> tree) {}

  private static FleetSource source() {
    return new Datastore(store, Instant.ofEpochSecond(1_590_938_885));
  }

  private static Imported imported(Path target) {
    return new Imported(FleetImport.write(source(), target).problems(), tree(target));
  }

  /** All files below a folder with their contents. */
  private static Map<String, String> tree(Path root) {
    Map<String, String> files = new TreeMap<>();
    each(
        root,
        file ->
            files.put(
                root.relativize(file).toString(),
                Files.isSymbolicLink(file)
                    ? "link"
                    : new String(bytes(file), StandardCharsets.ISO_8859_1)));
    return files;
  }

  private static void each(Path root, Consumer<Path> out) {
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(file -> !Files.isDirectory(file) && !file.endsWith(".gitignore")).forEach(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void text(String name, String text) {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(String name, byte[] bytes) {
    try {
      Path file = store.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] deflated(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static void delete(Path root) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
