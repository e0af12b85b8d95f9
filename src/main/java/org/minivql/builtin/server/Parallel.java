package org.minivql.builtin.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.record.ArtifactInfo;
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
          "Runs a query on pieces of a result set: in it, source() reads the piece. The order of the"
              + " rows is not defined; those of a hunt get ClientId and FlowId.",
      permission = "READ_RESULTS")
  static void parallelize(
      Sink out,
      CallContext call,
      @Arg(value = "The client.", name = "client_id") String clientId,
      @Arg(value = "The flow.", name = "flow_id") String flowId,
      @Arg(value = "The hunt, all of whose flows are read.", name = "hunt_id") String huntId,
      @Arg("The artifact, with /source if any.") String artifact,
      @Arg("The source.") String source,
      @Arg(value = "Events from here.", name = "start_time") long startTime,
      @Arg(value = "Events up to here.", name = "end_time") long endTime,
      @Arg(value = "The notebook.", name = "notebook_id") String notebookId,
      @Arg(value = "The cell.", name = "notebook_cell_id") String cellId,
      @Arg(value = "The table of the cell, from 1.", name = "notebook_cell_table") long table,
      @Arg(value = "The query for each piece.", required = true) StoredQuery query,
      @Arg("How many pieces at once.") long workers,
      @Arg("How many rows a piece has; a tenth of all, at least 1000, if not given.") long batch) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    Pieces pieces =
        new Pieces(
            server,
            or(call, clientId, "ClientId"),
            full(or(call, artifact, "ArtifactName"), source),
            batch);
    boolean hunt = given(huntId);
    List<Dict> all;
    if (hunt) {
      all = pieces.ofHunt(huntId);
    } else if (given(notebookId)) {
      all = pieces.ofNotebook(notebookId, or(call, cellId, "NotebookCellId"), table);
    } else {
      all = pieces.ofRows(or(call, flowId, "FlowId"), call, startTime, endTime);
    }
    run(call.scope(), all, query, workers, hunt, out);
  }

  private static void run(
      Scope scope, List<Dict> pieces, StoredQuery query, long workers, boolean tagged, Sink out) {
    scope
        .service(Workers.class)
        .each(
            scope,
            workers > 0 ? (int) Math.min(workers, Integer.MAX_VALUE) : WORKERS,
            (inner, feed) -> {
              for (Dict piece : pieces) {
                if (!feed.row(piece)) {
                  return;
                }
              }
            },
            (inner, piece, sink) -> {
              boolean[] go = {true};
              query.run(
                  inner.with((Dict) piece),
                  row -> {
                    go[0] = sink.row(tagged ? tagged(row, (Dict) piece) : row);
                    return go[0];
                  });
              return go[0];
            },
            out);
  }

  private static Object tagged(Object row, Dict piece) {
    return row instanceof Dict dict
        ? dict.toBuilder()
            .set("ClientId", piece.get("ClientId"))
            .set("FlowId", piece.get("FlowId"))
            .build()
        : row;
  }

  private static String full(String artifact, String source) {
    return given(source) ? artifact + "/" + source : artifact;
  }

  private static boolean given(String text) {
    return text != null && !text.isEmpty();
  }

  private static String or(CallContext call, String given, String variable) {
    return given(given) ? given : Stored.text(call, variable);
  }

  /** What source() is to find in the scope for each piece. */
  private record Pieces(ServerModel server, String clientId, String artifact, long batch) {

    List<Dict> ofHunt(String huntId) {
      String name = HuntRows.check(server, huntId, artifact);
      List<Dict> pieces = new ArrayList<>();
      server
          .hunts()
          .members(
              huntId,
              member -> {
                String client = (String) member.get("ClientId");
                String flow = (String) member.get("FlowId");
                pieces.addAll(cut(count(client, flow, name), flow(client, flow, name)));
                return true;
              });
      return pieces;
    }

    List<Dict> ofNotebook(String notebookId, String cellId, long table) {
      long[] rows = new long[1];
      long number = table == 0 ? 1 : table;
      if (!server.results().notebook(notebookId, cellId, number, row -> ++rows[0] > 0)) {
        throw new ArgumentException(
            "Notebook " + notebookId + " has no table " + number + " in cell " + cellId);
      }
      return cut(
          rows[0],
          Dict.of("NotebookId", notebookId, "NotebookCellId", cellId, "NotebookCellTable", number));
    }

    List<Dict> ofRows(String flowId, CallContext call, long startTime, long endTime) {
      if (artifact.isEmpty()) {
        throw new ArgumentException(
            "One of artifact, flow_id, hunt_id, notebook_id should be specified.");
      }
      ArtifactInfo info = server.artifacts().findFull(artifact);
      if (info != null && info.isEvent()) {
        return ofEvents(info, call, startTime, endTime);
      }
      if (clientId.isEmpty() || flowId.isEmpty()) {
        throw new ArgumentException(
            "client_id and flow_id should be specified for non event artifacts.");
      }
      return cut(count(clientId, flowId, artifact), flow(clientId, flowId, artifact));
    }

    private List<Dict> ofEvents(ArtifactInfo info, CallContext call, long start, long end) {
      String owner = info.type().equals("SERVER_EVENT") ? ClientRecord.SERVER : clientId;
      Instant from = Stored.from(call, start == 0 ? null : (Object) start);
      Instant to = Stored.to(call, end == 0 ? null : (Object) end);
      long[] rows = new long[1];
      server.events().read(owner, artifact, from, to, row -> ++rows[0] > 0);
      return cut(
          rows[0],
          Dict.of(
              "ClientId", clientId,
              "HuntId", "",
              "ArtifactName", artifact,
              "StartTime", start,
              "EndTime", end));
    }

    private long count(String client, String flow, String name) {
      long[] rows = new long[1];
      server.results().read(client, flow, name, 0, 0, row -> ++rows[0] > 0);
      return rows[0];
    }

    /** The hunt is hidden: source() would read all of it in every piece. */
    private static Dict flow(String client, String flow, String name) {
      return Dict.of("ClientId", client, "FlowId", flow, "HuntId", "", "ArtifactName", name);
    }

    private List<Dict> cut(long rows, Dict place) {
      long size = batch > 0 ? batch : Math.max(LEAST, rows / PIECES);
      List<Dict> pieces = new ArrayList<>();
      for (long start = 0; start < rows; start += size) {
        pieces.add(place.toBuilder().set("StartRow", start).set("Limit", size).build());
      }
      return pieces;
    }
  }
}
