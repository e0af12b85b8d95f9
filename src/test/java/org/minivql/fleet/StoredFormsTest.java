package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.source.FleetSource;
import org.minivql.value.Dict;

/** The forms in which a server stores the same rows: they are read alike wherever they are. */
class StoredFormsTest {
  private static final String FLOW = "clients/C.b1/collections/F.1";

  @TempDir Path folder;
  private final Map<String, String> files = new TreeMap<>();

  private enum Form {
    COMPRESSED,
    EDITED,
    EDITED_AND_COMPRESSED,
    INDEXED
  }

  @BeforeEach
  void describe() {
    put("client_info/snapshot.json", "{'client_id':'C.b1','info':'0a04432e62311a0354494c'}");
    put("clients/C.b1/flow_index.json", "{'FlowId':'F.1'}", "{'FlowId':'F.2','Created':7000000}");
    put(FLOW + ".json.db", "{'sessionId':'F.1','createTime':'1600000000000000'}");
    put(FLOW + "/logs.json", "{'message':'begun'}", "{'message':'done'}");
    put(FLOW + "/uploads.json", "{'vfs_path':'a.txt'}", "{'vfs_path':'b.bin'}");
    put(FLOW + "/upload_transactions.json", "{'filename':'b','upload_id':3}");
    files.put(FLOW + "/uploads/auto/C%3A/a.txt", "{ no rows, any text }\n@1\n");
    files.put(FLOW + "/uploads/sparse/b.bin", "head");
    files.put(FLOW + "/uploads/sparse/b.bin.idx", "{\"ranges\":[{\"length\":9}]}");
    put("clients/C.b1/artifacts/Shop.Tills/F.1.json", "{'N':1}", "{'N':2}", "{'N':3}");
    put("clients/C.b1/artifacts/Shop.Tills/F.1/Open.json", "{'N':4}", "{'N':5}");
    for (String logs : List.of("", "_logs")) {
      String events = "clients/C.b1/monitoring" + logs + "/Shop.Bell";
      put(events + "/2020-09-13.json", "{'M':1,'_ts':1600000000}", "{'M':2,'_ts':1600000001}");
      put(events + "/Front/2020-09-13.json", "{'M':3,'_ts':1600000000}");
      String server = logs.isEmpty() ? "server_artifacts" : "server_artifact_logs";
      put(server + "/Shop.Clock/2020-09-13.json", "{'M':4,'_ts':1600000000}");
    }
    put("hunts/H.1.json.db", "{'huntId':'H.1'}");
    put("hunts/H.1.json", "{'ClientId':'C.b1','FlowId':'F.1'}", "{'ClientId':'C.b2','FlowId':'F'}");
    put("hunts/H.2.json.db", "{'huntId':'H.2'}");
    put("hunts/H.2/enriched.json", "{'ClientId':'C.b1','FlowId':'F.2'}");
    put("hunts/H.2_errors.json", "{'ClientId':'C.b3','FlowId':'F.3'}");
    put("hunts/index.json", "{'HuntId':'H.1'}", "{'HuntId':'H.3','Creator':'kim'}");
    put("notebooks/N.1/NC.1/query_1.json", "{'T':1}", "{'T':2}");
    put("hunts/H.1/notebook/N.H.1/NC.1/query_1.json", "{'T':3}");
    put(FLOW + "/notebook/N.F.1-C.b1/NC.1/query_1.json", "{'T':4}");
    put(
        "clients/C.b1/monitoring_notebooks/Shop.Bell/N.E.Shop.Bell-C.b1/NC.1/query_2.json",
        "{'T':5}");
  }

  private void put(String name, String... rows) {
    files.put(name, (String.join("\n", rows) + "\n").replace('\'', '"'));
  }

  private Path write(String name, Map<String, byte[]> contents) {
    Path root = folder.resolve(name);
    contents.forEach(
        (file, bytes) -> {
          try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.write(root.resolve(file), bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return root;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean hasRows(String name) {
    return name.endsWith(".json");
  }

  /** The same rows, of which the first one was edited and is kept at the end. */
  private static String edited(String rows) {
    int end = rows.indexOf('\n');
    String first = rows.substring(0, end);
    String room = first + " ".repeat(Math.max(0, 8 - end));
    String rest = rows.substring(end);
    String reference = "@" + (room.length() + rest.length());
    String data = Base64.getEncoder().encodeToString(bytes(first));
    return reference
        + " ".repeat(room.length() - reference.length())
        + rest
        + "@{\"OriginalIndex\":0,\"Data\":\""
        + data
        + "\"}\n";
  }

  /** Stores a text in pieces of a few bytes, and the places of the pieces beside it. */
  private static void compress(String name, String text, Map<String, byte[]> out) {
    byte[] all = bytes(text);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int size = 7;
    int pieces = (all.length + size - 1) / size;
    ByteBuffer index = ByteBuffer.allocate(40 * pieces).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < all.length; at += size) {
      int length = Math.min(size, all.length - at);
      ByteArrayOutputStream piece = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflated = new DeflaterOutputStream(piece)) {
        deflated.write(all, at, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      index.putLong(at).putLong(packed.size()).putLong(piece.size()).putLong(length).putLong(0);
      packed.writeBytes(piece.toByteArray());
    }
    out.put(name, packed.toByteArray());
    out.put(name + ".chunk", index.array());
  }

  private Map<String, byte[]> stored(Form form) {
    Map<String, byte[]> out = new TreeMap<>();
    files.forEach(
        (name, text) -> {
          boolean upload = name.contains("/uploads/") && !name.endsWith(".idx");
          boolean rows = hasRows(name);
          String content = rows && form.name().startsWith("EDITED") ? edited(text) : text;
          if (form.name().endsWith("COMPRESSED") && (rows || upload)) {
            compress(name, content, out);
          } else {
            out.put(name, bytes(content));
          }
          if (rows && form == Form.INDEXED) {
            out.put(name + ".index", bytes("no index at all"));
          }
        });
    return out;
  }

  private static Map<String, String> tree(Path root) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** What an import writes, and what it tells. */
  private Map<String, String> imported(Path store) {
    Path target = folder.resolve(store.getFileName() + "-copy");
    FleetSource source = new Datastore(store, Instant.EPOCH);
    List<String> problems = FleetImport.write(source, target).problems();
    Map<String, String> all = tree(target);
    all.put("problems", String.join("\n", problems).replace(store.toString(), ""));
    return all;
  }

  private Map<String, byte[]> plain() {
    Map<String, byte[]> plain = new TreeMap<>();
    files.forEach((name, text) -> plain.put(name, bytes(text)));
    return plain;
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void allFormsAreReadAlike(Form form) {
    Map<String, String> plain = imported(write("plain", plain()));
    Path store = write("store", stored(form));

    assertThat(imported(store)).isEqualTo(plain);
    assertThat(plain)
        .containsKeys(
            "flows/C.b1/F.1/logs.jsonl",
            "flows/C.b1/F.1/upload_transactions.jsonl",
            "flows/C.b1/F.1/results/Shop.Tills%2FOpen.jsonl",
            "flows/C.b1/F.2/context.json",
            "monitoring/server/Shop.Clock/2020-09-13.jsonl",
            "monitoring_logs/C.b1/Shop.Bell%2FFront/2020-09-13.jsonl",
            "notebooks/N.E.Shop.Bell-C.b1/NC.1/query_2.jsonl",
            "notebooks/N.F.1-C.b1/NC.1/query_1.jsonl",
            "notebooks/N.H.1/NC.1/query_1.jsonl")
        .containsEntry("notebooks/N.1/NC.1/query_1.jsonl", "{\"T\":1}\n{\"T\":2}\n")
        .containsEntry(
            "flows/C.b1/F.1/results/Shop.Tills.jsonl", "{\"N\":1}\n{\"N\":2}\n{\"N\":3}\n")
        .containsEntry("flows/C.b1/F.1/uploads/auto/C%3A/a.txt", "{ no rows, any text }\n@1\n");
    assertThat(plain.get("hunts.jsonl")).contains("C.b2", "C.b3", "kim");
    assertThat(plain.get("problems").lines())
        .containsExactly(
            "/hunts/H.3.db: is not there, so what is known of this hunt is from /hunts/index.json",
            "/"
                + FLOW.replace("F.1", "F.2.db")
                + ": is not there, so what is known of this flow is from"
                + " /clients/C.b1/flow_index.json");
  }

  @Test
  void compressedUploadsAreReadThroughTheFileStore() {
    Path store = write("store", stored(Form.COMPRESSED));

    try (StageBench bench = new StageBench(new Datastore(store, Instant.EPOCH))) {
      assertThat(
              bench.rows(
                  "SELECT Name, Size, read_file(accessor='fs', filename=OSPath) AS Text FROM"
                      + " glob(accessor='fs', globs='/clients/*/collections/*/uploads/**') WHERE"
                      + " NOT IsDir AND NOT Name =~ 'idx'"))
          .isEqualTo(
              "{\"Name\":\"a.txt\",\"Size\":25,\"Text\":\"{ no rows, any text }\\n@1\\n\"}\n"
                  + "{\"Name\":\"b.bin\",\"Size\":4,\"Text\":\"head\"}");
      assertThat(bench.log).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt.chunk", "a.txt"})
  void aCompressedUploadThatIsDamagedIsToldAndTheOthersAreImported(String damaged)
      throws IOException {
    Path store = write("store", stored(Form.COMPRESSED));
    Files.write(store.resolve(FLOW + "/uploads/auto/C%3A/" + damaged), new byte[] {1, 2, 3});

    Map<String, String> copy = imported(store);

    assertThat(copy.get("problems"))
        .contains("/" + FLOW + "/uploads/auto/C%3A/a.txt: cannot be read: its chunk index is dam");
    assertThat(copy)
        .containsEntry("flows/C.b1/F.1/uploads/sparse/b.bin", "head")
        .doesNotContainKey("flows/C.b1/F.1/uploads/auto/C%3A/a.txt");
  }

  @Test
  void theIndexOfAnUploadThatCannotBeReadIsNoUpload() throws IOException {
    Path store = write("store", stored(Form.COMPRESSED));
    Path file = store.resolve(FLOW + "/uploads/auto/C%3A/a.txt");
    Files.delete(file);
    Files.createSymbolicLink(file, file.getFileName());

    Map<String, String> copy = imported(store);

    assertThat(copy.get("problems"))
        .contains("/" + FLOW + "/uploads/auto/C%3A/a.txt: is not a file");
    assertThat(copy.keySet()).noneMatch(name -> name.contains("a.txt"));
  }

  @Test
  void anUploadThatIsNamedLikeAnIndexOfPiecesIsAnUpload() {
    files.put(FLOW + "/uploads/auto/game.chunk", "a piece of a game");

    assertThat(imported(write("store", plain())))
        .containsEntry("flows/C.b1/F.1/uploads/auto/game.chunk", "a piece of a game");
  }

  @Test
  void editedRowsAreReadInAnArchive() {
    String rows = "{\"Till\":1}\n{\"Till\":2}\n";
    List<Map<String, String>> trees = new ArrayList<>();
    for (boolean edited : List.of(false, true)) {
      Path file = folder.resolve(edited + "/a.zip");
      write(file.getParent().getFileName().toString(), Map.of("x", new byte[0]));
      new TestFleet(file.getParent())
          .archive(
              "a.zip",
              "client_info.json",
              "{\"client_id\":\"C.1\"}",
              "collection_context.json",
              "{\"session_id\":\"F.1\"}",
              "log.json",
              edited ? edited("{\"message\":\"m\"}\n") : "{\"message\":\"m\"}\n",
              "results/Shop.Tills.json",
              edited ? edited(rows) : rows,
              "results/Shop.Tills.json.index",
              "no index");
      Path target = folder.resolve(edited + "-copy");
      assertThat(FleetImport.write(Fleets.open(file), target).problems()).isEmpty();
      trees.add(tree(target));
    }

    assertThat(trees.get(1)).isEqualTo(trees.get(0));
    assertThat(trees.get(0)).containsEntry("flows/C.1/F.1/results/Shop.Tills.jsonl", rows);
  }

  @Test
  void anEditedRowOfAnArchiveThatIsNowhereIsTold() {
    new TestFleet(folder)
        .archive(
            "a.zip",
            "client_info.json",
            "{\"client_id\":\"C.1\"}",
            "collection_context.json",
            "{\"session_id\":\"F.1\"}",
            "results/A.json",
            "{\"N\":1}\n@999 \n{\"N\":3}\n");
    List<Object> rows = new ArrayList<>();
    try (FleetSource fleet = Fleets.open(folder.resolve("a.zip"))) {
      fleet.recorded().results("C.1", "F.1", "A", rows::add);

      assertThat(rows).containsExactly(Dict.of("N", 1L), Dict.of("N", 3L));
      assertThat(fleet.problems())
          .singleElement()
          .asString()
          .contains("a.zip!results/A.json:2:1: the row that replaces this one is damaged");
    }
  }

  /** A damaged line is an event that has its time all the same. */
  @Test
  void timesStayWithTheirEventsWhereALineIsDamagedOrEdited() throws IOException {
    String day = "clients/C.b1/monitoring/Shop.Bell/2020-09-13.json";
    files.put(day, edited("{\"M\":1,\"_ts\":5}\n{\"M\":\n\n{\"M\":3,\"_ts\":5}\n{\"M\":4}\n"));
    Path store = write("store", plain());
    ByteBuffer times = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
    for (long second = 1; second <= 3; second++) {
      times.putLong(second * 1_000_000_000).putLong(0).putLong(0);
    }
    Files.write(store.resolve(day + ".tidx"), times.array());
    List<Object> rows = new ArrayList<>();
    Datastore source = new Datastore(store, Instant.EPOCH);

    source.recorded().events("C.b1", "Shop.Bell", null, null, rows::add);

    assertThat(rows)
        .containsExactly(
            Dict.of("M", 1L, "_ts", 1000L),
            Dict.of("M", 3L, "_ts", 3000L),
            Dict.of("M", 4L, "_ts", 0L));
    assertThat(source.problems())
        .hasSize(2)
        .anyMatch(p -> p.contains("2020-09-13.json:2:"))
        .anyMatch(p -> p.endsWith(".tidx: has fewer times than there are events"));
  }
}
