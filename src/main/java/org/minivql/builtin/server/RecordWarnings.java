package org.minivql.builtin.server;

import java.util.List;
import java.util.Set;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Rule;
import org.minivql.registry.flow.Flows;
import org.minivql.value.Members;

/** Warns a query that finds other clients, or older records, than its author may think. */
final class RecordWarnings {
  private static final String LABEL = "label:";
  private static final String HOST = "host:";
  private static final List<String> ALWAYS_ZERO =
      List.of("last_hunt_timestamp", "last_event_table_version", "last_label_timestamp");

  private final ServerModel server;
  private final Rule rule;

  RecordWarnings(ServerModel server, Rule rule) {
    this.server = server;
    this.rule = rule;
  }

  /** A record is read by its id, perhaps while the event that fills it is being handled. */
  void read(String clientId) {
    Event event = rule.current();
    boolean filling =
        event != null
            && event.queue().equals(Flows.COMPLETION)
            && clientId.equals(event.clientId())
            && event.payload().get("Flow") instanceof Members flow
            && flow.member("artifacts_with_results") instanceof List<?> names
            && names.stream().anyMatch(name -> String.valueOf(name).endsWith("/BasicInformation"));
    if (filling) {
      warn(
          "Q-37",
          clientId,
          "the client's record may or may not be filled when the completion is handled; read the"
              + " result set, or watch Server.Internal.Interrogation");
    }
  }

  /** A row of a client goes to the query, which may use columns that are not what they seem. */
  void shown(ClientRecord record) {
    Set<String> names = rule.mentions().names();
    if (names.contains("release") && !record.text("release").isEmpty()) {
      warn(
          "Q-04",
          record.clientId(),
          "os_info.release is the platform and its version with nothing between: "
              + record.text("release"));
    }
    if (names.contains("first_seen_at") || names.contains("last_seen_at")) {
      warn("Q-05", record.clientId(), "first_seen_at is in seconds, last_seen_at in microseconds");
    }
    if (ALWAYS_ZERO.stream().anyMatch(names::contains)) {
      warn("Q-06", record.clientId(), String.join(", ", ALWAYS_ZERO) + " are always 0 here");
    }
  }

  /** A search found a client. */
  void found(String search, ClientRecord record) {
    if (!search.startsWith(LABEL) || search.indexOf('*') >= 0 || search.equals("label:none")) {
      return;
    }
    if (!record.hasLabel(search.substring(LABEL.length()))) {
      warn(
          "Q-14",
          record.clientId(),
          "a search is by prefix: " + search + " finds " + record.labels());
    }
  }

  /** A search found nothing; a full name is indexed only until the next rebuild of the index. */
  void foundNone(String search) {
    String host = search.startsWith(HOST) ? search.substring(HOST.length()) : search;
    if (host.indexOf('.') < 0 || host.indexOf('*') >= 0 || host.indexOf(':') >= 0) {
      return;
    }
    server
        .clients()
        .each(
            record -> {
              boolean known = record.text("fqdn").regionMatches(true, 0, host, 0, host.length());
              if (known) {
                warn(
                    "Q-15",
                    record.clientId(),
                    "full names are in the search index only until it is rebuilt; " + host);
              }
              return !known;
            });
  }

  private void warn(String id, String clientId, String message) {
    server.quirks().warn(id, rule.name(), clientId, message);
  }
}
