package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
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
      Dict flow = server.flows().get(clientId, flowId);
      if (flow != null) {
        out.row(flow.with("AvailableDownloads", null));
      }
      return;
    }
    server.flows().each(clientId, flow -> out.row(summary ? server.flows().summary(flow) : flow));
  }

  @VqlFunction(name = "get_flow", doc = "One flow, or NULL.", permission = "READ_RESULTS")
  static Object getFlow(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId) {
    Dict flow = Access.server(call, "READ_RESULTS").flows().get(clientId, flowId);
    return flow == null ? null : flow.with("AvailableDownloads", null);
  }
}
