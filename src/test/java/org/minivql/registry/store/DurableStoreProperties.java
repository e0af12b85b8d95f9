package org.minivql.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.client.LabelHistory;
import org.minivql.testing.TempFolders;

/**
 * A crash is a copy of the folder as it is at that moment: nothing that was not written is in it.
 * Work goes on with the copy, without a repair.
 */
class DurableStoreProperties {
  private static final int CLIENTS = 4;

  private record Step(LabelHistory.Step call, boolean crash) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, CLIENTS - 1),
            Arbitraries.of(true, true, false),
            Arbitraries.of("a", "B", "b", "c"),
            Arbitraries.of(true, false, false, false))
        .as((c, set, label, crash) -> new Step(new LabelHistory.Step(c, set, label), crash))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.BOUNDED)
  void noCrashLosesWhatWasAcknowledged(@ForAll("histories") List<Step> steps) throws IOException {
    Path root = Files.createTempDirectory("store");
    LabelHistory expected = new LabelHistory();
    int crashes = 0;
    Store store = DurableStore.open(root.resolve("0"));
    try {
      ServerModel model = model(store);
      for (Step step : steps) {
        step.call().run(model);
        expected.apply(step.call());
        if (step.crash()) {
          Path after = crash(root.resolve("" + crashes), root.resolve("" + (crashes + 1)));
          crashes++;
          store.close();
          store = DurableStore.open(after);
          model = model(store);
        }
        assertIs(model, expected);
      }
    } finally {
      store.close();
      TempFolders.delete(root);
    }
  }

  private static void assertIs(ServerModel model, LabelHistory expected) {
    Map<String, List<String>> records = new TreeMap<>();
    model.clients().each(r -> records.put(r.clientId(), r.labels()) == null);
    List<String> found = new ArrayList<>();
    model.clients().search("label:*", r -> found.add(r.clientId()));
    List<String> labelled = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      List<String> labels = expected.of("C.0" + i);
      assertThat(records.getOrDefault("C.0" + i, List.of())).isEqualTo(labels);
      if (!labels.isEmpty()) {
        labelled.add("C.0" + i);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(labelled);
  }

  /** What a crash during the work of several threads left, and what had returned before it. */
  private record Left(Path folder, int[] acknowledged) {}

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void noCrashWhileThreadsWorkLosesWhatWasAcknowledged(@ForAll("histories") List<Step> steps)
      throws Exception {
    Path root = Files.createTempDirectory("store");
    List<Left> left = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (Store store = DurableStore.open(root.resolve("whole"))) {
      ServerModel model = model(store);
      List<AtomicInteger> done = Stream.generate(AtomicInteger::new).limit(CLIENTS).toList();
      CyclicBarrier start = new CyclicBarrier(CLIENTS);
      List<Future<?>> runs = new ArrayList<>();
      for (int client : IntStream.range(0, CLIENTS).toArray()) {
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  for (Step step : of(client, steps)) {
                    step.call().run(model);
                    done.get(client).incrementAndGet();
                    if (step.crash()) {
                      crash(root, done, left);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
      for (Left crashed : left) {
        assertGoesOn(crashed, steps);
      }
    } finally {
      threads.shutdownNow();
      TempFolders.delete(root);
    }
  }

  private static List<Step> of(int client, List<Step> steps) {
    return steps.stream().filter(step -> step.call().client() == client).toList();
  }

  private static void crash(Path root, List<AtomicInteger> done, List<Left> left)
      throws IOException {
    synchronized (left) {
      int[] acknowledged = done.stream().mapToInt(AtomicInteger::get).toArray();
      Path after = crash(root.resolve("whole"), root.resolve("crash" + left.size()));
      left.add(new Left(after, acknowledged));
    }
  }

  /** Each client is as some of its calls left it, those that had returned among them. */
  private static void assertGoesOn(Left crashed, List<Step> steps) {
    LabelHistory expected = new LabelHistory();
    try (Store store = DurableStore.open(crashed.folder())) {
      ServerModel model = model(store);
      for (int client = 0; client < CLIENTS; client++) {
        List<LabelHistory.Step> calls = of(client, steps).stream().map(Step::call).toList();
        int acknowledged = crashed.acknowledged()[client];
        calls.subList(0, acknowledged).forEach(expected::apply);
        List<LabelHistory.Step> open = new ArrayList<>(calls.subList(acknowledged, calls.size()));
        ClientRecord record = model.clients().get("C.0" + client);
        List<String> kept = record == null ? List.of() : record.labels();
        while (!kept.equals(expected.of("C.0" + client)) && !open.isEmpty()) {
          expected.apply(open.remove(0));
        }
        assertThat(kept).isEqualTo(expected.of("C.0" + client));
      }
      assertIs(model, expected);
      LabelHistory.Step next = new LabelHistory.Step(0, true, "after");
      next.run(model);
      expected.apply(next);
    }
    try (Store store = DurableStore.open(crashed.folder())) {
      assertIs(model(store), expected);
    }
  }

  /** The smaller file first: it says what the other one must have. */
  private static Path crash(Path folder, Path to) throws IOException {
    Files.createDirectories(to);
    for (String file : List.of(Head.FILE, "registry.mv")) {
      Files.copy(folder.resolve(file), to.resolve(file));
    }
    return to;
  }

  private static ServerModel model(Store store) {
    return ServerModel.builder(new TestClock()).store(store).build();
  }
}
