package org.minivql.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;

class DurableStoreTest {
  @TempDir Path folder;

  private static ServerModel model(Store store) {
    return ServerModel.builder(new TestClock()).store(store).build();
  }

  private static List<String> found(ServerModel model, String search) {
    List<String> ids = new ArrayList<>();
    model.clients().search(search, record -> ids.add(record.clientId()));
    return ids;
  }

  private static Object deep(int levels) {
    Object value = 1L;
    for (int i = 0; i < levels; i += 2) {
      value = Dict.of("a", List.of(value));
    }
    return value;
  }

  @Test
  void keepsEveryKindOfValue() {
    Dict value =
        Dict.of(
            "null",
            null,
            "bool",
            true,
            "int",
            0L,
            "float",
            0.0,
            "unsigned",
            Unsigned.of(-1),
            "deep",
            deep(990),
            "text",
            "é\uDC80\uD83D\uDE00",
            "list",
            List.of(1L, Dict.EMPTY),
            "time",
            Timestamp.ofEpochSecond(5));
    try (Store store = DurableStore.open(folder)) {
      store.atomically(() -> store.put("t", "k", value));
    }
    try (Store store = DurableStore.open(folder)) {
      assertThat(store.get("t", "k")).isEqualTo(value);
      assertThat(store.get("t", "other")).isNull();
      assertThat(store.tables()).contains("t");
    }
  }

  @Test
  void aServerGoesOnWhereItWas() {
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      model.clients().load(ClientRecord.of("C.0a").with("hostname", "web"));
      model.labels().set("C.0a", "Ops", Origin.SERVER);
      model.labels().set("C.0b", "New", Origin.SERVER);
      model.metadata().update("C.0a", m -> Dict.of("k", "v"), Origin.SERVER);
      model.hunts().create(Dict.of("state", "RUNNING"), Origin.SERVER);
      assertThat(model.ids().flow()).isEqualTo("F.01");
    }
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      assertThat(found(model, "label:ops")).containsExactly("C.0a");
      assertThat(found(model, "all")).containsExactly("C.0a");
      model.clients().reindex();
      assertThat(found(model, "all")).containsExactly("C.0a", "C.0b");
      assertThat(model.metadata().get("C.0a")).isEqualTo(Dict.of("k", "v"));
      assertThat(model.hunts().get("H.01").get("state")).isEqualTo("RUNNING");
      assertThat(model.ids().flow()).isEqualTo("F.02");
    }
  }

  @Test
  void manyThreadsWriteTogether() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String label = "L" + t;
        runs.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    model.labels().set("C.0" + i, label, Origin.SERVER);
                  }
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      for (int i = 0; i < 20; i++) {
        assertThat(model.clients().get("C.0" + i).labels()).hasSize(8);
      }
    }
  }

  @Test
  void oneWritesWhileOthersRead() {
    try (Store store = DurableStore.open(folder)) {
      model(store).labels().set("C.0a", "x", Origin.SERVER);
      assertThatThrownBy(() -> DurableStore.open(folder).close())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another process is writing");
      try (Store reader = DurableStore.openToRead(folder)) {
        assertThat(model(reader).clients().get("C.0a").labels()).containsExactly("x");
      }
    }
  }

  @Test
  void namesWhatIsNoStore() throws IOException {
    Files.writeString(folder.resolve("registry.mv"), "no store at all ".repeat(1000));
    assertThatThrownBy(() -> DurableStore.open(folder).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> DurableStore.openToRead(folder.resolve("none")).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no store");
  }

  @Test
  void anExportMakesAnEqualStore() throws IOException {
    StringBuilder first = new StringBuilder();
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      model.labels().set("C.0a", "x", Origin.SERVER);
      model.hunts().create(Dict.of("state", "RUNNING"), Origin.SERVER);
      StoreLines.export(store, first);
    }
    Path lines = folder.resolve("lines.jsonl");
    Files.writeString(lines, first);
    Store copy = new MemoryStore();
    long entries = StoreLines.load(copy, lines);
    assertThat(first.toString().lines().count()).isEqualTo(entries);
    StringBuilder second = new StringBuilder();
    StoreLines.export(copy, second);
    assertThat(second).hasToString(first.toString());
    assertThat(model(copy).clients().get("C.0a").labels()).containsExactly("x");
  }

  @Test
  void aCopyOfTheClosedFolderIsABackup() throws IOException {
    try (Store store = DurableStore.open(folder)) {
      model(store).labels().set("C.0a", "x", Origin.SERVER);
    }
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.mv")) {
      for (Path file : files) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    try (Store store = DurableStore.open(copy)) {
      ServerModel model = model(store);
      assertThat(found(model, "label:x")).containsExactly("C.0a");
      model.labels().set("C.0b", "y", Origin.SERVER);
    }
    try (Store store = DurableStore.open(folder)) {
      assertThat(model(store).clients().get("C.0b")).isNull();
    }
  }

  @Test
  void aDamagedExportAddsNothing() throws IOException {
    Store store = new MemoryStore();
    String good = "{\"table\":\"stale\",\"key\":\"C.1\",\"value\":true}\n";
    Map<String, String> bad =
        Map.of(
            "{\"table\":\"stale\"}",
            "not an entry with table, key and value",
            "7",
            "not an entry with table, key and value",
            "{\"table\":\"t\",\"key\":\"k\",\"value\":1}",
            "there is no table t",
            "{\"table\":\"org/O1/t\",\"key\":\"k\",\"value\":1}",
            "there is no table org/O1/t",
            "{\"table\":\"org/O1/clients\",\"key\":\"C.1\",\"value\":5}",
            "an entry of org/O1/clients is an object, not 5",
            "{\"table\":\"ids\",\"key\":\"flow\",\"value\":\"5\"}",
            "an entry of ids is an integer, not \"5\"",
            "{\"table\":\"clients\",\"key\":\"C.1\",\"value\":{\"client_id\":\"C.2\"}}",
            "the key C.1 of clients is not its client_id",
            "{\"table\":\"events\",\"key\":\"k\",\"value\":{}}",
            "an event has its time in milliseconds as _ts");
    Path lines = folder.resolve("lines.jsonl");
    for (Map.Entry<String, String> line : bad.entrySet()) {
      Files.writeString(lines, good + line.getKey() + "\n" + good);
      assertThatThrownBy(() -> StoreLines.load(store, lines))
          .isInstanceOf(StoreException.class)
          .hasMessage(lines + ":2: " + line.getValue());
    }
    Files.writeString(lines, good + good + "{\"table\":");
    assertThatThrownBy(() -> StoreLines.load(store, lines))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(lines + ":3: ");
    Path binary = folder.resolve("binary.jsonl");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> StoreLines.load(store, binary))
        .isInstanceOf(StoreException.class)
        .hasMessage(binary + ":1: not UTF-8");
    assertThat(store.get("stale", "C.1")).isNull();
  }

  @Test
  void whatWasAcknowledgedIsThereAfterTheProcessWasKilled() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = 0;
    try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && acknowledged < 150) {
        acknowledged = Integer.parseInt(line);
        line = out.readLine();
      }
      writer.destroyForcibly().waitFor();
    }
    assertThat(acknowledged).isEqualTo(150);
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      for (int i = 1; i <= acknowledged; i++) {
        assertThat(model.clients().get("C.0" + i % 10).labels()).contains("L" + i);
        assertThat(found(model, "label:l" + i)).contains("C.0" + i % 10);
      }
    }
  }

  /** Sets labels for ever and says so after each; ended from outside. */
  static final class Writer {
    public static void main(String[] args) {
      ServerModel model = model(DurableStore.open(Path.of(args[0])));
      for (int i = 1; i < 1_000_000; i++) {
        model.labels().set("C.0" + i % 10, "L" + i, Origin.SERVER);
        System.out.println(i);
      }
    }
  }
}
