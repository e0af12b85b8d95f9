package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Rule;
import org.minivql.registry.flow.Results;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Sink;

/** Reading results, wherever they are. */
final class SourceCalls {
  private static final long WHOLE_DEFAULT = 1;

  private SourceCalls() {}

  @VqlPlugin(
      name = "source",
      doc =
          "Stored rows: of a notebook cell, a hunt, an event artifact or a flow, in this order of"
              + " preference. A cell is read as the arguments say, and only where notebook_id is one of"
              + " them; otherwise what is not given comes from the scope: ClientId, FlowId, HuntId,"
              + " ArtifactName, StartRow, Limit. A result set that does not exist has no rows.",
      version = 2,
      permission = "READ_RESULTS")
  static void source(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id") String clientId,
      @Arg(value = "The flow.", name = "flow_id") String flowId,
      @Arg(value = "The hunt.", name = "hunt_id") String huntId,
      @Arg("The artifact, with /source if any.") String artifact,
      @Arg("The source.") String source,
      @Arg(value = "Events from here.", name = "start_time") Object startTime,
      @Arg(value = "Events up to here.", name = "end_time") Object endTime,
      @Arg(value = "The notebook.", name = "notebook_id") String notebookId,
      @Arg(value = "The cell.", name = "notebook_cell_id") String cellId,
      @Arg(value = "The version of the cell.", name = "notebook_cell_version") String cellVersion,
      @Arg(value = "The table of the cell, from 1.", name = "notebook_cell_table") long table,
      @Arg(value = "How many rows to skip.", name = "start_row") long startRow,
      @Arg("How many rows at most.") long count,
      @Arg("The orgs to read.") StringList orgs) {
    ServerModel server = server(call);
    if (server == null) {
      return;
    }
    if (call.given("notebook_id")) {
      String cell = cellId == null ? "" : cellId;
      notebook(server, notebookId, cell, table, Results.window(startRow, count, out));
      return;
    }
    long skip = startRow != 0 ? startRow : Stored.number(call, "StartRow");
    long limit = count != 0 ? count : Stored.number(call, "Limit");
    String name = or(call, artifact, "ArtifactName");
    if (name.isEmpty()) {
      throw new ArgumentException(
          "source: One of artifact, flow_id, hunt_id, notebook_id should be specified.");
    }
    String full = blank(source) ? name : name + "/" + source;
    String hunt = or(call, huntId, "HuntId");
    if (!hunt.isEmpty()) {
      warnOfPaging(
          call, server, skip != 0 || limit != 0, "reading a hunt ignores start_row and count");
      hunt(call, orgs, hunt, full, out);
      return;
    }
    ArtifactInfo info = server.artifacts().findFull(full);
    if (info == null) {
      throw new ArgumentException("Artifact " + full + " not known");
    }
    String client = or(call, clientId, "ClientId");
    if (info.isEvent()) {
      warnOfPaging(call, server, limit != 0, "reading events ignores count");
      warnOfTimes(call, server);
      events(call, server, info, full, client, startTime, endTime, skip, out);
    } else {
      flow(call, server, full, client, or(call, flowId, "FlowId"), skip, limit, out);
    }
  }

  /** The server; a refusal names another plugin, as it has always done. */
  private static ServerModel server(CallContext call) {
    ServerModel server = Access.server(call);
    Principal principal = Access.principal(call, server);
    if (principal.may("READ_RESULTS")) {
      return server;
    }
    call.append("uploads: " + Access.denied("READ_RESULTS").getMessage());
    return null;
  }

  /** What cannot be read of a hunt is told as by the plugin that this stands for. */
  private static void hunt(
      CallContext call, StringList orgs, String huntId, String artifact, Sink out) {
    try {
      HuntRows.read(call, orgs, huntId, artifact, out);
    } catch (ArgumentException e) {
      call.append("hunt_results: " + e.getMessage());
    }
  }

  private static void notebook(
      ServerModel server, String notebook, String cell, long table, Sink out) {
    long number = table == 0 ? WHOLE_DEFAULT : table;
    if (!server.results().notebook(notebook, cell, number, out)) {
      throw new ArgumentException(
          "Notebook " + notebook + " has no table " + number + " in cell " + cell);
    }
  }

  private static void events(
      CallContext call,
      ServerModel server,
      ArtifactInfo info,
      String full,
      String clientId,
      Object startTime,
      Object endTime,
      long skip,
      Sink out) {
    boolean onServer = info.type().equals("SERVER_EVENT");
    if (!onServer && clientId.isEmpty()) {
      throw new ArgumentException(
          "Artifact " + full + " is a client event artifact, therefore a client id is required.");
    }
    String owner = onServer ? ClientRecord.SERVER : clientId;
    Object start = "".equals(startTime) ? call.scope().resolve("StartTime") : startTime;
    Object end = "".equals(endTime) ? call.scope().resolve("EndTime") : endTime;
    Stored.events(call, server, owner, full, start, end, skip, out);
  }

  private static void flow(
      CallContext call,
      ServerModel server,
      String full,
      String clientId,
      String flowId,
      long skip,
      long limit,
      Sink out) {
    if (clientId.isEmpty() || flowId.isEmpty()) {
      throw new ArgumentException(
          "source: client_id and flow_id should be specified for non event artifacts.");
    }
    Rule rule = Rule.of(call.scope());
    long[] rows = new long[1];
    boolean found =
        server
            .results()
            .read(
                clientId,
                flowId,
                full,
                skip,
                limit,
                row -> {
                  rows[0]++;
                  return out.row(row);
                });
    if (!found) {
      Missing.warn(server, rule, clientId, flowId, full);
    }
    server.reads().add(rule, clientId, flowId, full, found, rows[0]);
  }

  private static void warnOfPaging(
      CallContext call, ServerModel server, boolean paged, String message) {
    if (paged) {
      server.quirks().warn("Q-19", Rule.of(call.scope()).name(), null, "source(): " + message);
    }
  }

  private static void warnOfTimes(CallContext call, ServerModel server) {
    if (call.scope().resolve("StartTime") != Absent.ABSENT && !call.given("start_time")) {
      server
          .quirks()
          .warn(
              "Q-18",
              Rule.of(call.scope()).name(),
              null,
              "source() does not take StartTime and EndTime from the scope; pass them as arguments");
    }
  }

  private static boolean blank(String text) {
    return text == null || text.isEmpty();
  }

  private static String or(CallContext call, String given, String variable) {
    return blank(given) ? Stored.text(call, variable) : given;
  }
}
