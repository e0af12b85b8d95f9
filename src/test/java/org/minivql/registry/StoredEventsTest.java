package org.minivql.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;

class StoredEventsTest {
  private static final String QUEUE = "My.Queue";

  private static ServerModel model(long kept) {
    ArtifactInfo queue =
        new ArtifactInfo(QUEUE, "SERVER_EVENT", List.of(""), Map.of(), Set.of(), false, 0);
    return ServerModel.builder(new TestClock())
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
