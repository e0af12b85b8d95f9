package org.minivql.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.event.Change;

class LabelsProperties {
  private static final int CLIENTS = 4;
  private static final int THREADS = 8;

  @Provide
  Arbitrary<List<LabelHistory.Step>> histories() {
    Arbitrary<String> labels =
        Arbitraries.of("a", "A", " a", "b", "B", "b ", "server", "Server", "SERVER", "é", "É", "");
    return Combinators.combine(
            Arbitraries.integers().between(0, CLIENTS - 1), Arbitraries.of(true, false), labels)
        .as(LabelHistory.Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void anyHistoryGivesWhatTheSimpleModelGives(@ForAll("histories") List<LabelHistory.Step> steps) {
    ServerModel model = ServerModel.builder(new TestClock()).build();
    LabelHistory expected = new LabelHistory();
    List<Boolean> effective = new ArrayList<>();
    model.changes().listen(change -> effective.add(change.effective()));
    List<Boolean> expectedEffect = new ArrayList<>();
    for (LabelHistory.Step step : steps) {
      step.run(model);
      expectedEffect.add(expected.apply(step));
    }
    assertThat(effective).isEqualTo(expectedEffect);
    compare(model, expected);
  }

  private static void compare(ServerModel model, LabelHistory expected) {
    for (int i = 0; i < CLIENTS; i++) {
      String id = "C.0" + i;
      ClientRecord record = model.clients().get(id);
      List<String> labels = record == null ? List.of() : record.labels();
      assertThat(labels).isEqualTo(expected.of(id));
      for (String label : labels) {
        assertThat(model.labels().isSet(id, label.toUpperCase(Locale.ROOT))).isTrue();
      }
    }
    for (String label : List.of("a", "b", "server", "é")) {
      TreeSet<String> having = new TreeSet<>();
      for (int i = 0; i < CLIENTS; i++) {
        String id = "C.0" + i;
        if (expected.of(id).stream().anyMatch(l -> ClientRecord.fold(l).startsWith(label))) {
          having.add(id);
        }
      }
      TreeSet<String> found = new TreeSet<>();
      model.clients().search("label:" + label, record -> found.add(record.clientId()));
      assertThat(found).isEqualTo(having);
    }
  }

  @Property(tries = 30)
  void manyThreadsGiveWhatTheOrderOfTheirChangesGives(
      @ForAll("histories") List<LabelHistory.Step> steps) throws Exception {
    ServerModel model = ServerModel.builder(new TestClock()).build();
    List<Change> changes = Collections.synchronizedList(new ArrayList<>());
    model.changes().listen(changes::add);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> runs = new ArrayList<>();
      for (int t : IntStream.range(0, THREADS).toArray()) {
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = t; i < steps.size(); i += THREADS) {
                    steps.get(i).run(model);
                  }
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(changes).hasSameSizeAs(steps);
    LabelHistory expected = new LabelHistory();
    // Changes of one client are noted in their order; those of different clients may interleave.
    for (Change change : changes) {
      boolean effective =
          expected.apply(change.clientId(), change.op().equals("set"), (String) change.value());
      assertThat(change.effective()).isEqualTo(effective);
    }
    compare(model, expected);
  }
}
