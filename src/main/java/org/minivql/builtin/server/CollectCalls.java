package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Units;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;

/** Starting and cancelling collections. */
final class CollectCalls {
  private CollectCalls() {}

  @VqlFunction(
      name = "collect_client",
      doc = "Schedules a collection on a client. Returns {flow_id, request}.",
      version = 3,
      permission = "COLLECT_CLIENT")
  static Object collectClient(
      CallContext call,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId,
      @Arg(value = "The artifacts.", required = true) StringList artifacts,
      @Arg(value = "An existing flow to run again.", name = "flow_id") String flowId,
      @Arg("Parameters for every artifact.") Dict env,
      @Arg("Parameters by artifact.") Object spec,
      @Arg("Seconds.") long timeout,
      @Arg(value = "A limit.", name = "ops_per_sec") double opsPerSec,
      @Arg(value = "A limit in per cent.", name = "cpu_limit") double cpuLimit,
      @Arg(value = "A limit.", name = "iops_limit") double iopsLimit,
      @Arg(value = "A limit of rows.", name = "max_rows") long maxRows,
      @Arg(value = "A limit of uploaded bytes.", name = "max_bytes") long maxBytes,
      @Arg("Whether to go before what the client has to do.") boolean urgent,
      @Arg(value = "The org.", name = "org_id") String orgId) {
    ServerModel here = Access.server(call);
    ServerModel server = orgId == null || orgId.isEmpty() ? here : here.orgs().model(orgId);
    Principal principal = Access.principal(call, here);
    if (server != here) {
      principal = here.orgs().accounts().principal(orgId, principal.name());
    }
    checkMayCollect(principal, server, clientId, artifacts);
    if (flowId != null && !flowId.isEmpty() && !principal.may("SERVER_ADMIN")) {
      throw Access.denied("SERVER_ADMIN");
    }
    if (server.clients().get(clientId) == null) {
      throw new ArgumentException(
          "Client ID " + clientId + " not known in this org: NotFoundError");
    }
    Dict limits =
        Dict.of(
            "urgent", urgent,
            "cpu_limit", cpuLimit,
            "iops_limit", iopsLimit,
            "timeout", timeout,
            "max_rows", maxRows,
            "max_upload_bytes", maxBytes,
            "ops_per_second", opsPerSec);
    Dict request = new Requests(call, server).request(artifacts, env, spec, limits);
    checkRequired(principal, server, (List<?>) request.get("artifacts"));
    Origin origin = Access.origin(call, server);
    return schedule(server, clientId, flowId == null ? "" : flowId, request, origin);
  }

  private static void checkMayCollect(
      Principal principal, ServerModel server, String clientId, List<String> artifacts) {
    boolean onServer = clientId.equals(ClientRecord.SERVER);
    String needed = onServer ? "COLLECT_SERVER" : "COLLECT_CLIENT";
    boolean basic =
        !artifacts.isEmpty() && artifacts.stream().allMatch(name -> isBasic(server, name));
    if (!principal.may(needed) && !(basic && principal.may("COLLECT_BASIC"))) {
      throw new ArgumentException(
          "PermissionDenied: User "
              + principal.name()
              + " is not allowed to launch flows "
              + needed
              + ".");
    }
  }

  private static boolean isBasic(ServerModel server, String artifact) {
    ArtifactInfo info = server.artifacts().find(artifact);
    return info != null && info.basic();
  }

  /**
   * Sees to it that whoever launches artifacts has the permissions that their definitions require.
   *
   * @param artifacts known artifacts
   */
  static void checkRequired(Principal principal, ServerModel server, List<?> artifacts) {
    for (Object item : artifacts) {
      String name = (String) item;
      if (isBasic(server, name) && principal.may("COLLECT_BASIC")) {
        continue;
      }
      for (String permission : server.artifacts().find(name).requiredPermissions()) {
        if (!principal.may(permission)) {
          throw new ArgumentException(
              "PermissionDenied: While collecting artifact ("
                  + name
                  + ") permission denied "
                  + permission);
        }
      }
    }
  }

  private static Dict schedule(
      ServerModel server, String clientId, String given, Dict parameters, Origin origin) {
    String flowId = given.isEmpty() ? server.ids().flow() : given;
    Dict request =
        Forms.REQUEST.expand(
            parameters.toBuilder()
                .replace("creator", origin.principal())
                .replace("client_id", clientId)
                .replace("flow_id", flowId)
                .build());
    Dict.Builder flow =
        Dict.builder()
            .set("client_id", clientId)
            .set("session_id", flowId)
            .set("request", request)
            .set("create_time", Units.micros(server.clock().instant()))
            .set("state", "RUNNING");
    Dict before = given.isEmpty() ? null : server.flows().get(clientId, flowId);
    if (before != null) {
      List<Object> previous = new ArrayList<>((List<?>) before.get("previous_flows"));
      previous.add(before.toBuilder().replace("previous_flows", List.of()).build());
      flow.set("previous_flows", List.copyOf(previous));
    }
    server.flows().schedule(flow.build());
    server.note(clientId, "flow", "schedule", flowId, origin);
    return Dict.of("flow_id", flowId, "request", request);
  }

  @VqlFunction(
      name = "cancel_flow",
      doc = "Ends a flow that is not finished yet. Returns {flow_id}.",
      version = 3,
      permission = "COLLECT_CLIENT")
  static Object cancelFlow(
      CallContext call,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId) {
    boolean onServer = clientId.equals(ClientRecord.SERVER);
    ServerModel server = Access.server(call, onServer ? "COLLECT_SERVER" : "COLLECT_CLIENT");
    Dict flow = server.flows().get(clientId, flowId);
    if (flow == null) {
      throw new ArgumentException("Flow " + flowId + " not found: NotFoundError");
    }
    if (!List.of("FINISHED", "ERROR").contains(flow.get("state"))) {
      Dict cancelled =
          flow.toBuilder()
              .replace("state", "ERROR")
              .replace("status", "Cancelled by VQL query")
              .build();
      server.flows().put(cancelled);
      Origin origin = Access.origin(call, server);
      server.note(clientId, "flow", "cancel", flowId, origin);
      server.flows().complete(cancelled, origin);
    }
    return Dict.of("flow_id", flowId);
  }
}
