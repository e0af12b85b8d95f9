package org.minivql.builtin.server;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.zip.ZipNames;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.record.Forms;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;

/** Archives of what is stored. They are complete when the call returns. */
final class DownloadCalls {
  private DownloadCalls() {}

  private static OSPath path(List<String> components) {
    return OSPath.of(PathStyle.FILESTORE, components);
  }

  private static void refuse(String password) {
    if (password != null && !password.isEmpty()) {
      throw new ArgumentException("archives with a password are not supported");
    }
  }

  private static String or(String given, String otherwise) {
    return given == null || given.isEmpty() ? otherwise : given;
  }

  @VqlFunction(
      name = "create_flow_download",
      doc = "Writes a flow, its results and its uploads into an archive. Returns its path.",
      version = 2,
      permission = "PREPARE_RESULTS")
  static Object createFlowDownload(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The flow.", name = "flow_id", required = true) String flowId,
      @Arg("Accepted; it is always waited for.") boolean wait,
      @Arg("Accepted; has no effect.") String type,
      @Arg("Accepted; has no effect.") String template,
      @Arg("Not supported.") String password,
      @Arg("json or csv.") String format,
      @Arg(value = "Whether the holes of sparse files are filled.", name = "expand_sparse")
          boolean expandSparse,
      @Arg("The name of the archive.") String name) {
    ServerModel server = Access.server(call, "PREPARE_RESULTS");
    refuse(password);
    Dict flow = server.flows().get(clientId, flowId);
    if (flow == null) {
      throw new ArgumentException("Flow " + flowId + " not found: NotFoundError");
    }
    String file = or(name, host(server, clientId) + clientId + "-" + flowId);
    List<String> path = List.of("downloads", clientId, flowId, file + ".zip");
    try (Download archive = new Download(call.scope(), server, path, format)) {
      about(archive, server, "", clientId, flow);
      archive.flow("", clientId, flowId, flow, expandSparse);
    }
    return path(path);
  }

  private static String host(ServerModel server, String clientId) {
    ClientRecord client = server.clients().get(clientId);
    String host = client == null ? "" : client.text("hostname");
    return host.isEmpty() ? "" : host + "-";
  }

  private static void about(
      Download archive, ServerModel server, String folder, String clientId, Dict flow) {
    ClientRecord client = server.clients().get(clientId);
    if (client != null) {
      archive.record(folder + "client_info.json", Forms.CLIENT.message(client.fields()).toDict());
    }
    archive.record(folder + "collection_context.json", Forms.FLOW.message(flow).toDict());
  }

  @VqlFunction(
      name = "create_hunt_download",
      doc =
          "Writes the results of a hunt into an archive: those of all clients together, and, unless"
              + " only_combined, each of its flows. Returns its path.",
      version = 2,
      permission = "PREPARE_RESULTS")
  static Object createHuntDownload(
      CallContext call,
      @Arg(value = "The hunt.", name = "hunt_id", required = true) String huntId,
      @Arg(value = "Whether to leave out the flows.", name = "only_combined") boolean onlyCombined,
      @Arg("Accepted; it is always waited for.") boolean wait,
      @Arg("json or csv.") String format,
      @Arg("What the name of the archive begins with.") String base,
      @Arg("Not supported.") String password,
      @Arg(value = "Whether the holes of sparse files are filled.", name = "expand_sparse")
          boolean expandSparse) {
    ServerModel server = Access.server(call, "PREPARE_RESULTS");
    refuse(password);
    Dict hunt = server.hunts().get(huntId);
    if (hunt == null) {
      throw new ArgumentException("Hunt id not found " + huntId);
    }
    String file = or(base, "") + huntId + (onlyCombined ? "-summary" : "");
    List<String> path = List.of("downloads", "hunts", huntId, file + ".zip");
    try (Download archive = new Download(call.scope(), server, path, format)) {
      archive.record("hunt_info.json", Forms.HUNT.message(hunt).toDict());
      for (Object source : (List<?>) hunt.get("artifact_sources")) {
        String name = String.valueOf(source);
        archive.rows(
            "results/All " + ZipNames.escaped(name),
            sink ->
                HuntRows.read(
                    server,
                    huntId,
                    name,
                    row -> sink.row(((Dict) row).toBuilder().remove("_OrgId").build())));
      }
      if (!onlyCombined) {
        flows(archive, server, huntId, expandSparse);
      }
    }
    return path(path);
  }

  private static void flows(
      Download archive, ServerModel server, String huntId, boolean expandSparse) {
    server
        .hunts()
        .members(
            huntId,
            member -> {
              String clientId = (String) member.get("ClientId");
              String flowId = (String) member.get("FlowId");
              Dict flow = server.flows().get(clientId, flowId);
              if (flow != null) {
                String folder = ZipNames.escaped(host(server, clientId) + clientId) + "/";
                about(archive, server, folder, clientId, flow);
                archive.flow(folder, clientId, flowId, flow, expandSparse);
              }
              return true;
            });
  }

  @VqlFunction(
      name = "create_notebook_download",
      doc = "Writes a notebook and the tables of its cells into an archive. Returns its path.",
      version = 2,
      permission = "PREPARE_RESULTS")
  static Object createNotebookDownload(
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id", required = true) String notebookId,
      @Arg("The name of the archive.") String filename) {
    ServerModel server = Access.server(call, "PREPARE_RESULTS");
    Dict notebook = server.notebooks().require(notebookId);
    String file = or(filename, notebookId + ".zip");
    List<String> path = List.of("downloads", "notebooks", notebookId, file);
    try (Download archive = new Download(call.scope(), server, path, "json")) {
      archive.record("Notebook.json", Forms.NOTEBOOK.message(notebook).toDict());
      for (Object item : (List<?>) notebook.get("cell_metadata")) {
        String cell = (String) ((Dict) item).get("cell_id");
        archive.record(cell + ".json", item);
        long table = 1;
        while (server.results().notebook(notebookId, cell, table, row -> false)) {
          long number = table++;
          archive.rows(
              cell + "/query_" + number,
              sink -> server.results().notebook(notebookId, cell, number, sink));
        }
      }
    }
    return path(path);
  }

  @VqlFunction(
      name = "notebook_export",
      doc =
          "Writes a notebook as a page with the tables of its cells (html), or as the archive of"
              + " create_notebook_download() (zip). Returns its path.",
      permission = "PREPARE_RESULTS")
  static Object notebookExport(
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id", required = true) String notebookId,
      @Arg("The name of the file.") String filename,
      @Arg(value = "html or zip.", defaultValue = "html") String type) {
    ServerModel server = Access.server(call, "PREPARE_RESULTS");
    if (type.equals("zip")) {
      return createNotebookDownload(call, notebookId, filename);
    }
    if (!type.equals("html")) {
      throw new ArgumentException("type should be html or zip, not " + type);
    }
    Dict notebook = server.notebooks().require(notebookId);
    List<String> path =
        List.of("downloads", "notebooks", notebookId, or(filename, notebookId + ".html"));
    try (Writer out = new OutputStreamWriter(server.files().create(path), StandardCharsets.UTF_8)) {
      new NotebookPage(out, call.scope(), server).write(notebook);
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
    return path(path);
  }
}
