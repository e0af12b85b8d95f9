package org.minivql.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.minivql.registry.Origin;
import org.minivql.registry.ServerModel;
import org.minivql.registry.Store;
import org.minivql.registry.TestClock;

/** A crash is a copy of the file as it is at that moment: nothing that was not written is in it. */
class DurableStoreProperties {
  private record Step(int client, boolean set, String label, boolean crash) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, true, false),
            Arbitraries.of("a", "B", "b", "c"),
            Arbitraries.of(true, false, false, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.BOUNDED)
  void noCrashLosesWhatWasAcknowledged(@ForAll("histories") List<Step> steps) throws IOException {
    Path folder = Files.createTempDirectory("store");
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      for (Step step : steps) {
        String id = "C.0" + step.client();
        if (step.set()) {
          model.labels().set(id, step.label(), Origin.SERVER);
        } else {
          model.labels().remove(id, step.label(), Origin.SERVER);
        }
        if (step.crash()) {
          try (Store after = DurableStore.openToRead(folder)) {
            ServerModel recovered = model(after);
            assertThat(records(recovered)).isEqualTo(records(model));
            assertThat(found(recovered)).isEqualTo(found(model));
          }
        }
      }
    } finally {
      Files.deleteIfExists(folder.resolve("registry.mv"));
      Files.deleteIfExists(folder.resolve("registry.head"));
      Files.delete(folder);
    }
  }

  private static ServerModel model(Store store) {
    return ServerModel.builder(new TestClock()).store(store).build();
  }

  private static Map<String, List<String>> records(ServerModel model) {
    Map<String, List<String>> labels = new TreeMap<>();
    model.clients().each(r -> labels.put(r.clientId(), r.labels()) == null);
    return labels;
  }

  private static List<String> found(ServerModel model) {
    List<String> ids = new ArrayList<>();
    model.clients().search("label:*", r -> ids.add(r.clientId()));
    return ids;
  }
}
