package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.ClientRecord;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Sink;

/** Finding clients. */
final class ClientCalls {
  private ClientCalls() {}

  @VqlPlugin(
      name = "clients",
      doc =
          "The clients that a search finds, or the one with an id. A search is operator:text with the"
              + " operators label, host, client, mac, ip, recent or an indexed metadata key; text is"
              + " the beginning of the value, or a shell pattern.",
      columns = {
        "client_id",
        "agent_information",
        "os_info",
        "first_seen_at",
        "last_seen_at",
        "last_ip",
        "last_interrogate_flow_id",
        "last_interrogate_artifact_name",
        "labels",
        "last_hunt_timestamp",
        "last_event_table_version",
        "last_label_timestamp",
        "in_flight_flows"
      },
      permission = "READ_RESULTS")
  static void clients(
      Sink out,
      CallContext call,
      @Arg(value = "What to look for.", defaultValue = "all") String search,
      @Arg(value = "The id of one client.", name = "client_id") String clientId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    if (clientId != null && !clientId.isEmpty()) {
      ClientRecord record = server.clients().get(clientId);
      if (record != null) {
        out.row(record.row());
      }
      return;
    }
    server.clients().search(search, record -> out.row(record.row()));
  }

  @VqlFunction(
      name = "client_info",
      doc = "The row of clients() for one client.",
      permission = "READ_RESULTS")
  static Object clientInfo(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    ClientRecord record = server.clients().get(clientId);
    if (record == null) {
      throw new ArgumentException(
          "Client ID " + clientId + " not known in this org: NotFoundError");
    }
    return record.row();
  }
}
