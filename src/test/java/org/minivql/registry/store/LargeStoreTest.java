package org.minivql.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;

/** A store of a hundred thousand clients is open, and answers, in less than a second. */
@Tag("soak")
class LargeStoreTest {
  private static final int CLIENTS = 100_000;

  @TempDir Path folder;

  private static ServerModel model(Store store) {
    return ServerModel.builder(new TestClock()).store(store).build();
  }

  private static String client(int number) {
    return String.format(Locale.ROOT, "C.%016x", number);
  }

  @Test
  void opensAtOnce() {
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      store.atomically(
          () -> {
            for (int i = 0; i < CLIENTS; i++) {
              model
                  .clients()
                  .load(
                      ClientRecord.of(client(i))
                          .with("hostname", "host-" + i)
                          .with("fqdn", "host-" + i + ".corp.example")
                          .with("system", "windows")
                          .with("labels", List.of("Site " + i % 50)));
            }
          });
      model.labels().set(client(7), "Chosen", Origin.SERVER);
    }
    long start = System.nanoTime();
    try (Store store = DurableStore.open(folder)) {
      ServerModel model = model(store);
      List<String> found = new ArrayList<>();
      model.clients().search("label:chosen", record -> found.add(record.clientId()));
      Duration writer = Duration.ofNanos(System.nanoTime() - start);
      start = System.nanoTime();
      Duration read;
      try (Store reader = DurableStore.openToRead(folder)) {
        assertThat(model(reader).clients().get(client(99_999)).text("hostname"))
            .isEqualTo("host-99999");
        read = Duration.ofNanos(System.nanoTime() - start);
      }
      System.err.println("open to write " + writer + ", to read " + read);
      assertThat(found).containsExactly(client(7));
      assertThat(model.clients().size()).isEqualTo(CLIENTS);
      assertThat(writer).isLessThan(Duration.ofSeconds(1));
      assertThat(read).isLessThan(Duration.ofSeconds(1));
    }
  }
}
