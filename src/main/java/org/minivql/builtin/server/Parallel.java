package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.spi.Workers;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Working on a stored result set in pieces. */
final class Parallel {
  private static final long LEAST = 1000;
  private static final long PIECES = 10;
  private static final int WORKERS = 2;

  private Parallel() {}

  @VqlPlugin(
      name = "parallelize",
      logName = "parallel",
      doc =
          "Runs a query on pieces of a flow's result set: in it, source() reads the piece. The order"
              + " of the rows is not defined.",
      permission = "READ_RESULTS")
  static void parallelize(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id") String clientId,
      @Arg(value = "The flow.", name = "flow_id") String flowId,
      @Arg("The artifact, with /source if any.") String artifact,
      @Arg("The source.") String source,
      @Arg(value = "The query for each piece.", required = true) StoredQuery query,
      @Arg("How many pieces at once.") long workers,
      @Arg("How many rows a piece has; a tenth of all, at least 1000, if not given.") long batch) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String client = or(call, clientId, "ClientId");
    String flow = or(call, flowId, "FlowId");
    String name = or(call, artifact, "ArtifactName");
    if (client.isEmpty() || flow.isEmpty() || name.isEmpty()) {
      throw new ArgumentException("client_id, flow_id and artifact should be specified");
    }
    String full = source == null || source.isEmpty() ? name : name + "/" + source;
    long[] rows = new long[1];
    server.results().read(client, flow, full, 0, 0, row -> ++rows[0] > 0);
    long size = batch > 0 ? batch : Math.max(LEAST, rows[0] / PIECES);
    Scope scope = call.scope();
    int threads = workers > 0 ? (int) Math.min(workers, Integer.MAX_VALUE) : WORKERS;
    scope
        .service(Workers.class)
        .each(
            scope,
            threads,
            pieces -> {
              long start = 0;
              while (start < rows[0] && pieces.row(start)) {
                start += size;
              }
            },
            (start, sink) -> {
              Dict piece =
                  Dict.of(
                      "ClientId", client,
                      "FlowId", flow,
                      "ArtifactName", full,
                      "StartRow", start,
                      "Limit", size);
              boolean[] go = {true};
              query.run(
                  scope.with(piece),
                  row -> {
                    go[0] = sink.row(row);
                    return go[0];
                  });
              return go[0];
            },
            out);
  }

  private static String or(CallContext call, String given, String variable) {
    return given == null || given.isEmpty() ? Stored.text(call, variable) : given;
  }
}
