package org.minivql.builtin.server;

import java.time.Instant;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.client.Ids;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.Units;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;

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
    RecordWarnings warnings = new RecordWarnings(server, Rule.of(call.scope()));
    if (clientId != null && !clientId.isEmpty()) {
      warnings.read(clientId);
      ClientRecord record = server.clients().get(clientId);
      if (record != null) {
        warnings.shown(record);
        out.row(record.row());
      }
      return;
    }
    boolean[] found = new boolean[1];
    server
        .clients()
        .search(
            search,
            record -> {
              found[0] = true;
              warnings.found(search, record);
              warnings.shown(record);
              return out.row(record.row());
            });
    if (!found[0]) {
      warnings.foundNone(search);
    }
  }

  @VqlFunction(
      name = "client_info",
      version = 2,
      doc = "The row of clients() for one client.",
      permission = "READ_RESULTS")
  static Object clientInfo(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    RecordWarnings warnings = new RecordWarnings(server, Rule.of(call.scope()));
    warnings.read(clientId);
    ClientRecord record = server.clients().get(clientId);
    if (record == null) {
      throw new ArgumentException(
          "Client ID " + clientId + " not known in this org: NotFoundError");
    }
    warnings.shown(record);
    return record.row();
  }

  @VqlFunction(
      name = "client_create",
      logName = "ERROR:client_create",
      doc = "Makes the record of a client, which it returns. No event is sent.",
      version = 2,
      permission = "SERVER_ADMIN")
  static Object clientCreate(
      CallContext call,
      @Arg(value = "When it was first seen; now if not given.", name = "first_seen_at")
          Timestamp firstSeenAt,
      @Arg(value = "When it was last seen; now if not given.", name = "last_seen_at")
          Timestamp lastSeenAt,
      @Arg("Its labels.") StringList labels,
      @Arg(value = "Its operating system.", defaultValue = "offline") String os,
      @Arg("Its host name.") String hostname,
      @Arg(value = "Its id; a new one if not given.", name = "client_id") String clientId,
      @Arg(value = "Its MAC addresses.", name = "mac_addresses") StringList macAddresses) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    String id = clientId == null || clientId.isEmpty() ? server.ids().client() : clientId;
    String problem = Ids.problem(id);
    if (problem != null) {
      throw new ArgumentException(problem);
    }
    Instant now = server.clock().instant();
    Instant first = firstSeenAt == null ? now : firstSeenAt.instant();
    Instant last = lastSeenAt == null ? now : lastSeenAt.instant();
    String host = hostname == null ? "" : hostname;
    ClientRecord made =
        server
            .clients()
            .index(
                id,
                record ->
                    record
                        .with("hostname", host)
                        .with("fqdn", host)
                        .with("system", os)
                        .with("ping", Units.micros(last))
                        .with("first_seen_at", first.getEpochSecond())
                        .with("labels", list(labels))
                        .with("mac_addresses", list(macAddresses)));
    Origin origin = Access.origin(call, server);
    server
        .quirks()
        .warn(
            "Q-16",
            origin.rule(),
            id,
            "client_create() sends no enrolment, interrogation or label event");
    server.note(id, "client", "create", id, origin);
    server.audit("client_create", Dict.of("client_id", id), origin);
    return made.fields();
  }

  private static List<Object> list(StringList strings) {
    return strings == null ? List.of() : List.copyOf(strings);
  }

  @VqlPlugin(
      name = "client_delete",
      doc = "What is, or would be, removed with a client: client_id, type, vfs_path, error.",
      columns = {"client_id", "type", "vfs_path", "error"},
      permission = "SERVER_ADMIN")
  static void clientDelete(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "Whether to remove it.", name = "really_do_it") boolean reallyDoIt) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    if (Ids.problem(clientId) != null) {
      call.append("ERROR:client_delete: Client Id '" + clientId + "' should be of the form C.XXXX");
      return;
    }
    boolean flows = !server.flows().each(clientId, flow -> false);
    if (server.clients().get(clientId) == null && !flows) {
      return;
    }
    if (reallyDoIt) {
      delete(server, clientId, Access.origin(call, server));
    }
    out.row(Stored.removed(clientId, "Datastore", "/clients/" + clientId));
  }

  private static void delete(ServerModel server, String clientId, Origin origin) {
    ClientRecord record = server.clients().get(clientId);
    for (String label : record == null ? List.<String>of() : record.labels()) {
      server.labels().remove(clientId, label, origin);
    }
    server.forget(clientId);
    Dict event =
        Dict.of("ClientId", clientId, "OrgId", server.orgId(), "Principal", origin.principal());
    server.bus().post("Server.Internal.ClientDelete", ClientRecord.SERVER, event, origin);
    server.note(clientId, "client", "delete", clientId, origin);
    server.audit("client_delete", Dict.of("client_id", clientId), origin);
  }
}
