package org.minivql.registry.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.registry.store.DurableStore;
import org.minivql.registry.store.MemoryStore;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;

class StoredEventsTest {
  private static final String QUEUE = "My.Queue";

  private static ServerModel model(long kept) {
    return model(kept, new TestClock(), new MemoryStore());
  }

  private static ServerModel model(long kept, TestClock clock, Store store) {
    ArtifactInfo queue =
        new ArtifactInfo(QUEUE, "SERVER_EVENT", List.of(""), Map.of(), Set.of(), false, 0);
    return ServerModel.builder(clock)
        .store(store)
        .artifacts(name -> name.equals(QUEUE) ? queue : null)
        .keptEvents(kept)
        .build();
  }

  private static List<Object> numbers(ServerModel model) {
    List<Object> numbers = new ArrayList<>();
    model
        .events()
        .read(
            "server", QUEUE, Instant.EPOCH, Instant.MAX, row -> numbers.add(((Dict) row).get("N")));
    return numbers;
  }

  @Test
  void theOldestMakeWayAndWhoReadsIsTold() {
    ServerModel model = model(2);
    for (long i = 1; i <= 3; i++) {
      model.bus().publish(QUEUE, "server", Dict.of("N", i), Origin.SERVER);
    }

    assertThat(model.quirks().warnings()).isEmpty();
    assertThat(numbers(model)).containsExactly(2L, 3L);
    assertThat(model.quirks().warnings())
        .singleElement()
        .returns("W-EVENTS", Quirks.Warning::id)
        .returns("more than 2 events; the oldest are not kept", Quirks.Warning::message);
  }

  @Test
  void nothingIsSaidWhereAllAreKept() {
    ServerModel model = model(3);
    for (long i = 1; i <= 3; i++) {
      model.bus().publish(QUEUE, "server", Dict.of("N", i), Origin.SERVER);
    }

    assertThat(numbers(model)).containsExactly(1L, 2L, 3L);
    assertThat(model.quirks().warnings()).isEmpty();
  }

  @Test
  void theOldestMakeWayAlsoAfterSomebodyHasRead() {
    ServerModel model = model(3);
    for (long i = 1; i <= 2; i++) {
      model.bus().publish(QUEUE, "server", Dict.of("N", i), Origin.SERVER);
    }
    assertThat(numbers(model)).containsExactly(1L, 2L);
    for (long i = 3; i <= 5; i++) {
      model.bus().publish(QUEUE, "server", Dict.of("N", i), Origin.SERVER);
    }

    assertThat(numbers(model)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void theOldestOfEarlierRunsMakeWayToo(@TempDir Path folder) {
    TestClock clock = new TestClock();
    long number = 0;
    for (int run = 0; run < 3; run++) {
      try (DurableStore store = DurableStore.open(folder)) {
        ServerModel model = model(3, clock, store);
        for (int i = 0; i < 2; i++) {
          clock.advance(1);
          model.bus().publish(QUEUE, "server", Dict.of("N", ++number), Origin.SERVER);
        }
        model.close();
      }
    }

    try (DurableStore store = DurableStore.openToRead(folder)) {
      assertThat(numbers(model(3, clock, store))).containsExactly(4L, 5L, 6L);
    }
  }

  @Test
  void whatAProgramChangesLaterIsKeptAsItWas() {
    ServerModel model = model(3);
    Dict inner = Dict.open(Dict.of("A", 1L));
    Dict row = Dict.open(Dict.of("N", inner, "L", List.of(inner)));
    model.bus().publish(QUEUE, "server", row, Origin.SERVER);
    inner.put("A", 2L);
    row.put("N", 3L);

    assertThat(numbers(model)).containsExactly(Dict.of("A", 1L));
  }

  @Test
  void rawMessagesAreKeptAsDicts() {
    ServerModel model = model(3);
    Message flow = Forms.FLOW.message(Forms.FLOW.expand(Dict.of("session_id", "F.1")));
    model.bus().publish(QUEUE, "server", Dict.of("N", Dict.of("F", List.of(flow))), Origin.SERVER);

    assertThat(numbers(model)).containsExactly(Dict.of("F", List.of(Dict.of("session_id", "F.1"))));
  }
}
