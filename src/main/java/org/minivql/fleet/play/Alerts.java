package org.minivql.fleet.play;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.minivql.LogLine;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** Makes events of the alerts that queries write to their logs. */
final class Alerts {
  private static final String QUEUE = "Server.Internal.Alerts";

  private Alerts() {}

  /**
   * Sends the event of a line that is an alert.
   *
   * @param artifact what the query belongs to, with {@code /source} if any
   * @param flowId the collection that raised it, or null for an event query of the server
   */
  static void send(
      ServerModel model,
      LogLine line,
      String clientId,
      String artifact,
      String flowId,
      Origin origin) {
    if (line.level() != LogLine.Level.ALERT || !(parsed(line) instanceof Dict alert)) {
      return;
    }
    Dict.Builder event =
        Dict.builder()
            .set("client_id", clientId)
            .set("name", alert.get("name"))
            .set("timestamp", time(alert.get("timestamp")))
            .set("event_data", alert.get("event_data"))
            .set("artifact", artifact)
            .set("artifact_type", flowId == null ? "SERVER_MONITORING" : "CLIENT_EVENT");
    if (flowId != null) {
      event.set("flow_id", flowId);
    }
    model.bus().publish(QUEUE, ClientRecord.SERVER, event.build(), origin);
  }

  private static Object parsed(LogLine line) {
    try {
      return Json.parse(line.message());
    } catch (FormatException e) {
      // A query may write what it likes at this level; only alert() writes JSON.
      return null;
    }
  }

  private static Object time(Object text) {
    try {
      OffsetDateTime at = OffsetDateTime.parse(String.valueOf(text));
      return new Timestamp(at.toInstant(), at.getOffset());
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
