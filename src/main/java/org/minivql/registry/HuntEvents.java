package org.minivql.registry;

import java.time.Clock;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.LiveReads;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** Tells about hunts: new ones, what is to change in them, and those that have changed. */
final class HuntEvents {
  private static final Shape CREATED = Shape.of("Timestamp", "Hunt");

  private final ServerModel model;
  private final Clock clock;

  HuntEvents(ServerModel model, Clock clock) {
    this.model = model;
    this.clock = clock;
  }

  void created(Dict hunt, Origin origin) {
    Dict payload = Dict.over(CREATED, clock.instant().getEpochSecond(), live(hunt));
    model.bus().post(Hunts.CREATION, ClientRecord.SERVER, payload, origin);
  }

  /**
   * Tells what is to change.
   *
   * @param column the name of the id's column, which depends on who changes the hunt
   */
  void mutation(String column, String huntId, Dict mutation, Origin origin) {
    Dict full = Forms.MUTATION.expand(mutation.toBuilder().set("hunt_id", huntId).build());
    Dict payload = Dict.of(column, huntId, "mutation", Forms.MUTATION.message(full));
    model.bus().post(Hunts.MODIFICATION, ClientRecord.SERVER, payload, origin);
  }

  /**
   * Tells what a hunt has become, and has the waiting events handled.
   *
   * @param participate whether clients are to look for it again
   */
  void updated(Dict hunt, boolean participate, Origin origin) {
    Dict.Builder payload =
        Dict.builder().set("HuntId", hunt.get("hunt_id")).set("Hunt", live(hunt));
    if (participate) {
      payload.set("TriggerParticipation", true);
    }
    model.bus().publish(Hunts.UPDATE, ClientRecord.SERVER, payload.build(), origin);
  }

  private Message live(Dict hunt) {
    return new Message(Forms.HUNT, hunt, this::watchRead);
  }

  private void watchRead(String name, String declared, boolean choice) {
    Rule rule = model.bus().current();
    if (rule != null && rule.current() != null) {
      LiveReads.warn(model.quirks(), rule, "Hunt", name, declared, choice);
    }
  }
}
