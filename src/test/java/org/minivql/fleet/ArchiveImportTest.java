package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** Archives of collectors that are imported, also damaged ones. */
class ArchiveImportTest {
  private static final String RANGES =
      "{\"ranges\":[{\"file_length\":4,\"length\":4},{\"original_offset\":4,\"length\":5}]}";

  @TempDir Path folder;

  private static Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("client_info.json", "{\"client_id\":\"C.a1\",\"hostname\":\"TILL-3\"}");
    members.put(
        "collection_context.json",
        "{\"session_id\":\"F.1\",\"state\":2,\"total_uploaded_files\":2,"
            + "\"artifacts_with_results\":[\"Shop.Tills/Open\"]}");
    members.put("results/Shop.Tills%2FOpen.json", "{\"Till\":3}\n{\"Till\":4}\n");
    members.put("results/Shop.Doors.json", "{\"Door\":1}\n");
    members.put("log.json", "{\"message\":\"begun\"}\n{\"message\":\"done\"}\n");
    members.put(
        "uploads.json",
        "{\"vfs_path\":\"C:\\\\till.bin\",\"_Components\":[\"uploads\",\"sparse\",\"C:\","
            + "\"till.bin\"],\"file_size\":9,\"uploaded_size\":4}\n");
    members.put("uploads/sparse/C%3A/till.bin", "head");
    members.put("uploads/sparse/C%3A/till.bin.idx", RANGES);
    members.put("uploads/file/a,b/../up.txt", "up");
    return members;
  }

  /** Writes an archive; the packed bytes of one member are overwritten. */
  private static void write(Path file, Map<String, String> members, String spoilt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] place = new int[2];
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.flush();
        int start = bytes.size();
        zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        if (member.getKey().equals(spoilt)) {
          place = new int[] {start, bytes.size() - 16};
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] archive = bytes.toByteArray();
    Arrays.fill(archive, place[0], place[1], (byte) 0xff);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private FleetImport.Result imported(Path from, Path target) {
    try (FleetSource source = Fleets.open(from)) {
      return FleetImport.write(source, target);
    }
  }

  @Test
  void uploadsInAnArchiveAreImportedWithTheirContents() {
    Path target = folder.resolve("copy");
    write(folder.resolve("a.zip"), members(), null);

    assertThat(imported(folder.resolve("a.zip"), target).problems()).isEmpty();

    assertThat(tree(target))
        .containsEntry("flows/C.a1/F.1/uploads/sparse/C%3A/till.bin", "head")
        .containsEntry("flows/C.a1/F.1/uploads/sparse/C%3A/till.bin.idx", RANGES)
        .containsEntry("flows/C.a1/F.1/uploads/file/a%2Cb/%2E%2E/up.txt", "up");
    try (FleetSource copy = Fleets.open(target);
        StageBench bench = new StageBench(copy)) {
      assertThat(
              bench.rows(
                  "SELECT client_path, Upload.Size AS Size, read_file(filename=vfs_path,"
                      + " accessor='fs') AS Text FROM uploads(client_id='C.a1', flow_id='F.1')"))
          .isEqualTo("{\"client_path\":\"C:\\\\till.bin\",\"Size\":9,\"Text\":\"head\"}");
    }
  }

  private static final String READ =
      "SELECT client_path, Upload.Size AS Size, read_file(filename=vfs_path, accessor='fs') AS Text"
          + " FROM uploads(client_id='C.a1', flow_id='F.1')";

  @Test
  void uploadsAreReadInPlaceOutOfAnArchive() {
    write(folder.resolve("a.zip"), members(), null);

    try (StageBench bench = new StageBench(Fleets.open(folder.resolve("a.zip")))) {
      assertThat(bench.rows(READ))
          .isEqualTo("{\"client_path\":\"C:\\\\till.bin\",\"Size\":9,\"Text\":\"head\"}");
      assertThat(
              bench.rows(
                  "SELECT OSPath.Components AS C, Size, IsDir FROM glob(accessor='fs',"
                      + " globs='/clients/*/collections/*/uploads/**') WHERE NOT IsDir"))
          .contains("\"uploads\",\"sparse\",\"C:\",\"till.bin\"],\"Size\":4,\"IsDir\":false")
          .contains("\"a,b\",\"..\",\"up.txt\"],\"Size\":2,");
      assertThat(
              bench.rows(
                  "SELECT * FROM delete_flow(client_id='C.a1', flow_id='F.1',"
                      + " really_do_it=TRUE) WHERE FALSE"))
          .isEmpty();
      assertThat(
              bench.rows(
                  "SELECT Name FROM glob(accessor='fs', globs='/clients/C.a1/collections/*')"))
          .isEmpty();
    }
  }

  @Test
  void uploadsOfAnArchiveThatARunImportsAreReadInPlace() {
    write(folder.resolve("in/a.zip"), members(), null);
    TestFleet fleet = new TestFleet(folder.resolve("fleet")).client("C.a1").client("C.b2");
    fleet.file("flows/C.b2/F.9/context.json", "{}").file("flows/C.b2/F.9/uploads/file/x", "own");

    try (StageBench bench = new StageBench(fleet.open())) {
      bench.rows(
          "SELECT import_collection(filename='" + folder.resolve("in/a.zip") + "') FROM scope()");
      assertThat(bench.rows(READ)).contains("\"Text\":\"head\"");
      assertThat(
              bench.rows(
                  "SELECT OSPath.Components[1] AS Client, Name FROM glob(accessor='fs',"
                      + " globs='/clients/*/collections/*/uploads/*/x') ORDER BY Client"))
          .isEqualTo("{\"Client\":\"C.b2\",\"Name\":\"x\"}");
      assertThat(bench.rows("SELECT Name FROM glob(accessor='fs', globs='/clients/*')"))
          .isEqualTo("{\"Name\":\"C.a1\"}\n{\"Name\":\"C.b2\"}");
    }
  }

  /** An upload in an archive is never in memory as a whole. */
  @Test
  void largeUploadsAreReadInPlacePieceByPiece() throws IOException {
    Path file = folder.resolve("big.zip");
    byte[] piece = new byte[1 << 20];
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("collection_context.json"));
      zip.write("{\"session_id\":\"F.1\",\"client_id\":\"C.1\"}".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("uploads/file/big"));
      for (int i = 0; i < 256; i++) {
        zip.write(piece);
      }
    }
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (StageBench bench = new StageBench(Fleets.open(file))) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat(
              bench.value(
                  "hash(accessor='fs', path='/clients/C.1/collections/F.1/uploads/file/big',"
                      + " hashselect='MD5', max_size=1000000000).MD5"))
          .isEqualTo("\"1f5039e50bd66b290c56684d8550c6c2\"");
      long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertThat(taken).isLessThan(32L << 20);
    }
  }

  @Test
  void aStepThatImportsMakesTheDefinitionsOfTheArchiveKnown() {
    Map<String, String> members = members();
    members.put(
        "custom_artifacts.json",
        "[{\"name\":\"Shop.Tills\",\"sources\":[{\"name\":\"Open\",\"query\":\"SELECT 7 AS Till FROM"
            + " scope()\"}]},{\"name\":\"Shop.Own\",\"sources\":[{\"query\":\"SELECT 1 FROM"
            + " scope()\"}]},{\"name\":\"Bad.One\",\"sorces\":[]}]");
    Path archive = folder.resolve("in/a.zip");
    write(archive, members, null);
    TestFleet fleet =
        new TestFleet(folder.resolve("fleet"))
            .artifact("Shop.Own", "sources:\n  - query: SELECT 2 AS N FROM scope()\n")
            .rule(
                "Shop.Rule",
                "SELECT * FROM foreach(row={ SELECT * FROM"
                    + " watch_monitoring(artifact='System.Flow.Completion') },"
                    + " query={ SELECT * FROM chain(a={ SELECT Till FROM Artifact.Shop.Tills() },"
                    + " b={ SELECT N FROM Artifact.Shop.Own() }) })")
            .step("\"do\":\"import\",\"path\":\"" + archive + "\"");

    assertThat(fleet.play().rowsOf("Shop.Rule"))
        .hasSize(2)
        .anyMatch(row -> row.contains("\"Till\":7"))
        .anyMatch(row -> row.contains("\"N\":2"));
    try (FleetDirectory directory = fleet.open()) {
      new DryRun(directory, List.of()).plan();
      assertThat(directory.problems())
          .hasSize(2)
          .contains(archive + ": artifact Shop.Own is defined otherwise in the fleet, which counts")
          .anyMatch(p -> p.startsWith(archive + "!custom_artifacts.json: artifact Bad.One: "));
    }
  }

  /** Ten times the memory that a copy of it may take. */
  @Test
  void uploadsAreCopiedPieceByPiece() throws IOException {
    Path file = folder.resolve("big.zip");
    byte[] piece = new byte[1 << 20];
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("collection_context.json"));
      zip.write("{\"session_id\":\"F.1\",\"client_id\":\"C.1\"}".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("uploads/file/big"));
      for (int i = 0; i < 640; i++) {
        zip.write(piece);
      }
    }
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

    imported(file, folder.resolve("copy"));

    long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(folder.resolve("copy/flows/C.1/F.1/uploads/file/big")).hasSize(640L << 20);
    assertThat(taken).isLessThan(64L << 20);
  }

  /** The files of an import that come from a member. */
  private static String imports(String member) {
    if (member.startsWith("results/")) {
      return "flows/C.a1/F.1/" + member + "l";
    }
    return switch (member) {
      case "client_info.json" -> "clients.jsonl";
      case "collection_context.json" -> "flows/C.a1/F.1/context.json";
      case "log.json" -> "flows/C.a1/F.1/logs.jsonl";
      case "uploads/file/a,b/../up.txt" -> "flows/C.a1/F.1/uploads/file/a%2Cb/%2E%2E/up.txt";
      default -> "flows/C.a1/F.1/" + member.replace("uploads.json", "uploads.jsonl");
    };
  }

  @Test
  void aDamagedMemberIsToldAndNothingElseIsLost() {
    Path other = folder.resolve("in/other.zip");
    Map<String, String> others = new LinkedHashMap<>(members());
    others.put("client_info.json", "{\"client_id\":\"C.b2\"}");
    write(other, others, null);
    write(folder.resolve("in/one.zip"), members(), null);
    imported(folder.resolve("in"), folder.resolve("whole"));
    Map<String, String> whole = tree(folder.resolve("whole"));
    List<String> told = new ArrayList<>();
    int run = 0;
    for (String member : members().keySet()) {
      for (boolean packed : List.of(true, false)) {
        Map<String, String> damaged = new LinkedHashMap<>(members());
        if (!packed && member.startsWith("uploads/")) {
          continue;
        }
        if (!packed) {
          damaged.put(member, "{\"half\":");
        }
        write(folder.resolve("in/one.zip"), damaged, packed ? member : null);
        Path target = folder.resolve("copy" + run++);

        List<String> problems = imported(folder.resolve("in"), target).problems();

        assertThat(problems)
            .as(member)
            .isNotEmpty()
            .allMatch(p -> p.startsWith(folder.resolve("in/one.zip!" + member).toString()));
        told.add(problems.get(0));
        Map<String, String> copy = tree(target);
        Map<String, String> wanted = new TreeMap<>(whole);
        // A flow that does not say who it is keeps its rows under another name.
        copy = renamed(copy, wanted);
        copy.remove(imports(member));
        wanted.remove(imports(member));
        assertThat(copy).as(member + " " + packed).isEqualTo(wanted);
      }
    }
    assertThat(told).anyMatch(p -> p.contains("cannot be read"));
  }

  private static Map<String, String> renamed(Map<String, String> copy, Map<String, String> wanted) {
    String flow =
        copy.keySet().stream()
            .filter(name -> name.startsWith("flows/") && !name.startsWith("flows/C.b2/"))
            .findFirst()
            .orElseThrow();
    String place = String.join("/", Arrays.copyOf(flow.split("/"), 3));
    String[] ids = place.split("/");
    Map<String, String> out = new TreeMap<>();
    copy.forEach(
        (name, text) ->
            out.put(
                name.replace(place, "flows/C.a1/F.1"),
                text.replace(ids[1], "C.a1").replace(ids[2], "F.1")));
    assertThat(out.keySet()).isNotEmpty().hasSameSizeAs(copy.keySet());
    if (!ids[1].equals("C.a1")) {
      out.put("clients.jsonl", wanted.get("clients.jsonl"));
    }
    return out;
  }

  @Test
  void membersThatContradictEachOtherAreTold() {
    Map<String, String> members = members();
    members.put("uploads/file/a", "a");
    members.put("uploads/file/a/b", "b");
    members.put("uploads/file/%61", "again");
    write(folder.resolve("a.zip"), members, null);

    List<String> problems = imported(folder.resolve("a.zip"), folder.resolve("copy")).problems();

    assertThat(problems)
        .containsExactly(
            folder.resolve("a.zip!uploads/file/a/b")
                + ": there is another file or folder in its place",
            folder.resolve("a.zip!uploads/file/%61")
                + ": there is another file or folder in its place");
    assertThat(folder.resolve("copy/flows/C.a1/F.1/uploads/file/a")).hasContent("a");
  }

  @Test
  void aStepThatImportsADamagedArchiveTellsIt() {
    write(folder.resolve("fleet/a.zip"), members(), "log.json");
    FleetDirectory fleet =
        new TestFleet(folder.resolve("fleet"))
            .step("\"do\":\"import\",\"path\":\"a.zip\"")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * FROM"
                    + " watch_monitoring(artifact='System.Flow.Completion') }, query={\n"
                    + "  SELECT message FROM flow_logs(client_id=ClientId, flow_id=FlowId) })",
                "")
            .open();

    Plan plan = new DryRun(fleet, List.of()).plan();

    assertThat(plan.rules().get(0).errors()).isZero();
    assertThat(fleet.problems())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("fleet/a.zip!log.json") + ": cannot be read: ");
  }

  @Test
  void theSameFilesAreReadAgainFromTheImport() {
    write(folder.resolve("a.zip"), members(), null);
    imported(folder.resolve("a.zip"), folder.resolve("copy"));
    List<String> rows = new ArrayList<>();
    FleetSource copy = Fleets.open(folder.resolve("copy"));

    copy.recorded().results("C.a1", "F.1", "Shop.Doors", row -> rows.add(Json.text(row)));
    Dict flow = copy.recorded().flow("C.a1", "F.1");

    // The record of the flow names one of its result sets; the other one is there all the same.
    assertThat(rows).containsExactly("{\"Door\":1}");
    assertThat(flow.get("artifacts_with_results")).isEqualTo(List.of("Shop.Tills/Open"));
  }
}
