package org.minivql.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Quirks;
import org.minivql.value.Dict;

class LabelsTest {
  private static final String ID = "C.00000000000000a1";

  private final TestClock clock = new TestClock();
  private final ServerModel model = ServerModel.builder(clock).build();
  private final List<Dict> events = new ArrayList<>();
  private final List<Dict> audit = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  @BeforeEach
  void listen() {
    model.bus().listen(Labels.QUEUE, EventBus.Phase.LAST, e -> events.add(e.payload()));
    model.bus().listen(Audit.QUEUE, EventBus.Phase.LAST, e -> audit.add(e.payload()));
    model.changes().listen(changes::add);
    model.clients().load(ClientRecord.of(ID).with("hostname", "web-1"));
  }

  private List<String> labels() {
    return model.clients().get(ID).labels();
  }

  private long stamp() {
    return model.clients().get(ID).number("labels_timestamp");
  }

  private List<String> warnings() {
    return model.quirks().warnings().stream().map(Quirks.Warning::id).toList();
  }

  @Test
  void keepsTheOrderAndTheFirstSpelling() {
    model.labels().set(ID, "Zeta", Origin.SERVER);
    model.labels().set(ID, "alpha", Origin.SERVER);
    assertThat(model.labels().set(ID, "ZETA", Origin.SERVER)).isFalse();
    assertThat(labels()).containsExactly("Zeta", "alpha");
    assertThat(warnings()).contains("Q-08", "W-CASE");
  }

  @Test
  void theSameLabelIsWrittenInOneWayOnAllClients() {
    model.clients().load(ClientRecord.of("C.0b").withLabels(List.of("Till"), 1));
    model.clients().load(ClientRecord.of("C.0c"));
    model.labels().set(ID, "TILL", Origin.SERVER);
    model.labels().set("C.0c", "till", Origin.SERVER);
    model.labels().set("C.0c", "Other", Origin.SERVER);
    model.labels().set(ID, "Other", Origin.SERVER);

    assertThat(model.quirks().warnings())
        .singleElement()
        .returns("W-CASE", Quirks.Warning::id)
        .returns(2L, Quirks.Warning::count)
        .returns("label \"TILL\" is \"Till\" on C.0b", Quirks.Warning::message);
  }

  @Test
  void clientsThatAreNotKnownAreToldHoweverTheyAreAskedFor() {
    assertThat(model.labels().check("C.0b", "x", Origin.SERVER)).isFalse();
    assertThat(model.labels().remove("C.0b", "x", Origin.SERVER)).isFalse();
    assertThat(model.labels().check(ID, "x", Origin.SERVER)).isFalse();
    assertThat(model.quirks().warnings())
        .singleElement()
        .returns("W-UNKNOWN-CLIENT", Quirks.Warning::id)
        .returns(2L, Quirks.Warning::count);
  }

  @Test
  void onlyEffectiveChangesMoveTheTimestamp() {
    model.labels().set(ID, "x", Origin.SERVER);
    long first = stamp();
    clock.advance(5);
    model.labels().set(ID, "X", Origin.SERVER);
    model.labels().remove(ID, "y", Origin.SERVER);
    assertThat(stamp()).isEqualTo(first);
    model.labels().remove(ID, "X", Origin.SERVER);
    assertThat(stamp()).isEqualTo(first + 5_000_000_000L);
    assertThat(labels()).isEmpty();
  }

  @Test
  void everyCallIsAnnouncedEvenWithoutEffect() {
    model.labels().set(ID, "x", Origin.SERVER);
    model.labels().set(ID, "x", Origin.SERVER);
    model.labels().remove(ID, "x", Origin.SERVER);
    model.labels().remove(ID, "x", Origin.SERVER);
    assertThat(events)
        .containsExactly(
            Dict.of("client_id", ID, "Operation", "Add", "Label", "x"),
            Dict.of("client_id", ID, "Operation", "Add", "Label", "x"),
            Dict.of("client_id", ID, "Operation", "Remove", "Label", "x"),
            Dict.of("client_id", ID, "Operation", "Remove", "Label", "x"));
    assertThat(audit.get(0))
        .isEqualTo(
            Dict.of(
                "operation",
                "SetClientLabel",
                "principal",
                "VelociraptorServer",
                "details",
                Dict.of("client_id", ID, "label", "x")));
    assertThat(audit.get(3).get("operation")).isEqualTo("RemoveClientLabel");
    assertThat(changes.stream().map(Change::effective)).containsExactly(true, false, true, false);
  }

  @Test
  void trimsWhatItSetsAndNothingElse() {
    model.labels().set(ID, " x ", Origin.SERVER);
    assertThat(labels()).containsExactly("x");
    model.labels().remove(ID, " x ", Origin.SERVER);
    assertThat(labels()).containsExactly("x");
    assertThat(model.labels().check(ID, " x", Origin.SERVER)).isFalse();
    model.labels().set(ID, "  ", Origin.SERVER);
    assertThat(labels()).containsExactly("x", "");
    assertThat(model.quirks().warnings())
        .filteredOn(w -> w.id().equals("Q-07"))
        .singleElement()
        .satisfies(w -> assertThat(w.count()).isEqualTo(4));
  }

  @Test
  void everybodyHasAll() {
    assertThat(model.labels().isSet(ID, "ALL")).isTrue();
    assertThat(model.labels().isSet("C.0nobody", "all")).isTrue();
    assertThat(model.labels().isSet("C.0nobody", "x")).isFalse();
    assertThat(labels()).isEmpty();
  }

  @Test
  void anUnknownClientIsCreatedButNotListedYet() {
    model.labels().set("C.0new", "Fresh", Origin.SERVER);
    assertThat(model.clients().get("C.0new").labels()).containsExactly("Fresh");
    assertThat(search("label:fresh")).containsExactly("C.0new");
    assertThat(search("C.0ne")).containsExactly("C.0new");
    assertThat(search("all")).containsExactly(ID);
    clock.advance(300);
    assertThat(search("all")).containsExactly(ID, "C.0new");
    assertThat(warnings()).containsExactly("Q-13", "W-UNKNOWN-CLIENT");
  }

  @Test
  void removingFromAnUnknownClientOnlySendsEvents() {
    model.labels().remove("C.0new", "x", Origin.SERVER);
    assertThat(model.clients().get("C.0new")).isNull();
    assertThat(events).hasSize(1);
  }

  @Test
  void refusesAMalformedIdWhenSettingOnly() {
    assertThatThrownBy(() -> model.labels().set("D.1", "x", Origin.SERVER))
        .hasMessage("ClientId is not valid");
    assertThatThrownBy(() -> model.labels().set("", "x", Origin.SERVER))
        .hasMessage("ClientId not provided");
    model.labels().remove("D.1", "x", Origin.SERVER);
    model.labels().set("server", "x", Origin.SERVER);
    assertThat(model.clients().get("server").labels()).containsExactly("x");
  }

  private List<String> search(String term) {
    List<String> found = new ArrayList<>();
    model.clients().search(term, record -> found.add(record.clientId()));
    return found;
  }
}
