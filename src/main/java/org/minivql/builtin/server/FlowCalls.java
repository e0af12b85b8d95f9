package org.minivql.builtin.server;

import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Flows: what was collected from a client and how it went. */
final class FlowCalls {
  private FlowCalls() {}

  @VqlPlugin(
      name = "flows",
      doc = "The flows of a client, oldest first, or one of them with AvailableDownloads.",
      version = 3,
      permission = "READ_RESULTS")
  static void flows(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "One flow only.", name = "flow_id") String flowId,
      @Arg("Whether to leave out what is slow to read; the request then has only artifacts.")
          boolean summary) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    if (server.clients().get(clientId) == null) {
      throw new ArgumentException(
          "unable to get client "
              + clientId
              + ": Client ID "
              + clientId
              + " not known in this org: NotFoundError");
    }
    if (flowId != null && !flowId.isEmpty()) {
      Dict flow = shown(server, clientId, flowId, summary);
      if (flow != null) {
        out.row(flow);
      }
      return;
    }
    server
        .flows()
        .each(
            clientId,
            flow -> {
              Dict shown = server.flows().shown(flow);
              return out.row(summary ? server.flows().summary(shown) : shown);
            });
  }

  @VqlFunction(
      name = "get_flow",
      doc = "One flow, or NULL.",
      version = 3,
      permission = "COLLECT_CLIENT")
  static Object getFlow(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId,
      @Arg("Whether to leave out what is slow to read; the request then has only artifacts.")
          boolean summary) {
    boolean onServer = clientId.equals(ClientRecord.SERVER);
    ServerModel server = Access.server(call, onServer ? "COLLECT_SERVER" : "COLLECT_CLIENT");
    return shown(server, clientId, flowId, summary);
  }

  private static Dict shown(ServerModel server, String clientId, String flowId, boolean summary) {
    Dict flow = server.flows().get(clientId, flowId);
    if (flow == null) {
      return null;
    }
    Dict shown = server.flows().shown(flow);
    return summary ? server.flows().summary(shown) : shown.with("AvailableDownloads", null);
  }

  @VqlPlugin(
      name = "flow_results",
      doc = "The rows of one source of a flow.",
      permission = "READ_RESULTS")
  static void flowResults(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId,
      @Arg("The artifact, with /source if any; the first requested if not given.") String artifact,
      @Arg("The source.") String source) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    Dict flow = server.flows().get(clientId, flowId);
    List<?> asked =
        flow == null ? List.of() : (List<?>) ((Dict) flow.get("request")).get("artifacts");
    String name = artifact == null ? "" : artifact;
    if (name.isEmpty() && !asked.isEmpty()) {
      name = (String) asked.get(0);
    }
    String full = source == null || source.isEmpty() ? name : name + "/" + source;
    server.results().read(clientId, flowId, full, 0, 0, out);
  }

  @VqlPlugin(
      name = "flow_logs",
      doc = "What a flow logged.",
      columns = {"client_time", "level", "message", "_ts"},
      permission = "READ_RESULTS")
  static void flowLogs(
      Sink out,
      CallContext call,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId) {
    Access.server(call, "READ_RESULTS").results().logs(clientId, flowId, out);
  }

  @VqlPlugin(
      name = "uploads",
      doc =
          "The files a flow or a hunt uploaded, or those that are kept with a notebook: vfs_path is"
              + " where the server has them, client_path where they were. Ids come from the scope"
              + " if not given.",
      version = 2,
      permission = "READ_RESULTS")
  static void uploads(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id") String clientId,
      @Arg(value = "The flow.", name = "flow_id") String flowId,
      @Arg(value = "The hunt.", name = "hunt_id") String huntId,
      @Arg(value = "The notebook.", name = "notebook_id") String notebookId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String notebook = or(call, notebookId, "NotebookId");
    String hunt = or(call, huntId, "HuntId");
    String client = or(call, clientId, "ClientId");
    String flow = or(call, flowId, "FlowId");
    boolean nothingElse = hunt.isEmpty() && (client.isEmpty() || flow.isEmpty());
    if (call.given("notebook_id") || nothingElse && !notebook.isEmpty()) {
      UploadRows.notebook(server, notebook, out);
      return;
    }
    if (hunt.isEmpty()) {
      server.results().uploads(client, flow, row -> out.row(UploadRows.shown((Dict) row)));
      return;
    }
    server
        .hunts()
        .members(
            hunt,
            member -> {
              String id = (String) member.get("ClientId");
              String its = (String) member.get("FlowId");
              boolean[] go = {true};
              server
                  .results()
                  .uploads(
                      id,
                      its,
                      row -> {
                        Dict.Builder more = UploadRows.shown((Dict) row).toBuilder();
                        go[0] = out.row(more.set("ClientId", id).set("FlowId", its).build());
                        return go[0];
                      });
              return go[0];
            });
  }

  private static String or(CallContext call, String given, String variable) {
    return given == null || given.isEmpty() ? Stored.text(call, variable) : given;
  }

  @VqlPlugin(
      name = "upload_transactions",
      doc = "The uploads of a flow that were begun and can be resumed.",
      permission = "READ_RESULTS")
  static void uploadTransactions(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id") String flowId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String flow = or(call, flowId, "FlowId");
    server.results().uploadTransactions(clientId, flow, out);
  }

  @VqlPlugin(
      name = "enumerate_flow",
      doc = "What is stored of a flow: type, data with VFSPath, error; also as Type, Data, Error.",
      columns = {"type", "data", "error"},
      version = 3,
      permission = "READ_RESULTS")
  static void enumerateFlow(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    new FlowObjects(server, clientId, flowId).each(out);
  }

  @VqlPlugin(
      name = "delete_flow",
      doc =
          "What is, or would be, removed with a flow: type, data with VFSPath, error; also as Type,"
              + " Data, Error.",
      columns = {"type", "data", "error"},
      version = 2,
      permission = "DELETE_RESULTS")
  static void deleteFlow(
      Sink out,
      CallContext call,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "Whether to remove it.", name = "really_do_it") boolean reallyDoIt,
      @Arg("Accepted; has no effect.") boolean sync) {
    ServerModel server = Access.server(call, "DELETE_RESULTS");
    FlowObjects objects = new FlowObjects(server, clientId, flowId);
    objects.each(out);
    if (reallyDoIt) {
      objects.delete();
      server.forgetFlow(clientId, flowId);
      server.note(clientId, "flow", "delete", flowId, Access.origin(call, server));
      server.audit(
          "delete_flow",
          Dict.of("client_id", clientId, "flow_id", flowId),
          Access.origin(call, server));
    }
  }
}
