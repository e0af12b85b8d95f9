package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.Forms;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** Reading hunts and what they collected. */
final class HuntReads {
  private static final Shape FLOW = Shape.of("HuntId", "ClientId", "FlowId", "Flow");

  private HuntReads() {}

  @VqlPlugin(
      name = "hunts",
      doc = "The hunts, or one of them. Their order is not defined.",
      version = 2,
      permission = "READ_RESULTS")
  static void hunts(
      Sink out,
      CallContext call,
      @Arg(value = "One hunt only.", name = "hunt_id") String huntId,
      @Arg("Whether to leave out the details of the request.") boolean summary) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    if (huntId == null || huntId.isEmpty()) {
      server.hunts().each(hunt -> out.row(summary ? summary(hunt) : hunt));
      return;
    }
    Dict hunt = server.hunts().get(huntId);
    if (hunt != null) {
      out.row(hunt);
    }
  }

  private static Dict summary(Dict hunt) {
    Object artifacts = ((Dict) hunt.get("start_request")).get("artifacts");
    Dict request = Forms.REQUEST.expand(Dict.of("artifacts", artifacts));
    return hunt.toBuilder().replace("start_request", request).build();
  }

  @VqlFunction(
      name = "hunt_info",
      doc = "One hunt, or NULL; the id of one of its flows will do.",
      permission = "READ_RESULTS")
  static Object huntInfo(
      CallContext call, @Arg(value = "The hunt.", name = "hunt_id") String huntId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String id = huntId == null ? "" : huntId;
    if (id.startsWith("F.") && id.endsWith(".H")) {
      id = "H." + id.substring(2, id.length() - 2);
    }
    return server.hunts().get(id);
  }

  @VqlPlugin(
      name = "hunt_flows",
      doc = "Who takes part in a hunt, with their flows.",
      columns = {"HuntId", "ClientId", "FlowId", "Flow"},
      version = 2,
      permission = "READ_RESULTS")
  static void huntFlows(
      Sink out,
      CallContext call,
      @Arg(value = "The hunt.", name = "hunt_id", required = true) String huntId,
      @Arg(value = "How many to skip.", name = "start_row") long startRow,
      @Arg("Accepted; has no effect.") long limit,
      @Arg(value = "Whether flows have nothing but ids.", name = "basic_info") boolean basicInfo) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    if (limit != 0) {
      warn(call, server, "Q-26", "hunt_flows() ignores limit; write LIMIT");
    }
    long[] seen = new long[1];
    server
        .hunts()
        .members(
            huntId, member -> seen[0]++ < startRow || out.row(flow(server, member, basicInfo)));
  }

  private static Dict flow(ServerModel server, Dict member, boolean basic) {
    String clientId = (String) member.get("ClientId");
    String flowId = (String) member.get("FlowId");
    Dict flow = basic ? null : server.flows().get(clientId, flowId);
    if (flow == null) {
      flow = Forms.FLOW.expand(Dict.of("client_id", clientId, "session_id", flowId));
    }
    return Dict.over(FLOW, member.get("HuntId"), clientId, flowId, server.flows().shown(flow));
  }

  @VqlPlugin(
      name = "hunt_results",
      doc =
          "The rows of all clients of a hunt, each followed by FlowId, ClientId, _OrgId and Fqdn.",
      version = 2,
      permission = "READ_RESULTS")
  static void huntResults(
      Sink out,
      CallContext call,
      @Arg(value = "The hunt.", name = "hunt_id", required = true) String huntId,
      @Arg("The artifact, with /source if any; the first of the hunt if not given.")
          String artifact,
      @Arg("The source; use artifact=\"A/S\" instead.") String source,
      @Arg("Accepted; has no effect.") boolean brief,
      @Arg("The orgs to read; the current one if not given.") StringList orgs) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String name = artifact == null ? "" : artifact;
    if (source != null && !source.isEmpty()) {
      warn(
          call,
          server,
          "Q-25",
          "hunt_results(source=) adds the source twice and finds nothing; write artifact=\""
              + name
              + "/"
              + source
              + "\"");
      HuntRows.check(server, huntId, name + "/" + source);
      return;
    }
    HuntRows.read(call, orgs, huntId, name, out);
  }

  private static void warn(CallContext call, ServerModel server, String id, String message) {
    server.quirks().warn(id, Rule.of(call.scope()).name(), null, message);
  }

  @VqlPlugin(
      name = "hunt_delete",
      doc = "What is, or would be, removed with a hunt: client_id, type, vfs_path, error.",
      columns = {"client_id", "type", "vfs_path", "error"},
      version = 2,
      permission = "SERVER_ADMIN")
  static void huntDelete(
      Sink out,
      CallContext call,
      @Arg(value = "The hunt.", name = "hunt_id", required = true) String huntId,
      @Arg(value = "Whether to remove it.", name = "really_do_it") boolean reallyDoIt,
      @Arg("Accepted; has no effect.") long workers,
      @Arg("Whether to archive it only.") boolean archive) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    List<Dict> rows = new ArrayList<>();
    server
        .hunts()
        .members(
            huntId,
            member -> {
              String clientId = (String) member.get("ClientId");
              String flowId = (String) member.get("FlowId");
              String path = "/clients/" + clientId + "/collections/" + flowId;
              rows.add(Stored.removed(clientId, "CollectionContext", path));
              if (reallyDoIt && !archive) {
                server.forgetFlow(clientId, flowId);
              }
              return true;
            });
    if (reallyDoIt) {
      delete(server, call, huntId, archive);
    }
    for (Dict row : rows) {
      if (!out.row(row)) {
        return;
      }
    }
  }

  private static void delete(ServerModel server, CallContext call, String huntId, boolean archive) {
    Origin origin = Access.origin(call, server);
    if (archive) {
      server
          .hunts()
          .update(
              huntId,
              "archive",
              Dict.of("state", "ARCHIVED"),
              h -> h.toBuilder().replace("state", "ARCHIVED").build(),
              origin);
    } else {
      server.hunts().remove(huntId, origin);
      server.note(null, "hunt", "delete", huntId, origin);
    }
    server.audit("hunt_delete", Dict.of("hunt_id", huntId), origin);
  }
}
