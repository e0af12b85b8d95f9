package org.minivql.builtin.server;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.flow.Notebooks;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Evaluator;
import org.minivql.spi.FileStore;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Notebooks and their cells, whose tables {@code source()} reads. */
final class NotebookCalls {
  private NotebookCalls() {}

  @VqlFunction(
      name = "notebook_create",
      doc = "Makes a notebook, which it returns.",
      permission = "COLLECT_SERVER")
  static Object notebookCreate(
      CallContext call,
      @Arg("Its name.") String name,
      @Arg("What it is about.") String description,
      @Arg("Who else may see it.") StringList collaborators,
      @Arg(value = "Whether everybody may see it.", name = "public") boolean isPublic,
      @Arg("Notebook artifacts to start from; kept, not run.") StringList artifacts,
      @Arg("Accepted; has no effect.") Dict env) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    Dict given =
        Dict.of(
            "name",
            text(name),
            "description",
            text(description),
            "collaborators",
            list(collaborators),
            "public",
            isPublic,
            "artifacts",
            list(artifacts));
    String creator = Access.principal(call, server).name();
    return Notebooks.message(server.notebooks().create(given, creator));
  }

  private static String text(String given) {
    return given == null ? "" : given;
  }

  private static String text(Dict cell, String field) {
    return cell.get(field) instanceof String text ? text : "";
  }

  private static List<Object> list(StringList given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  @VqlFunction(name = "notebook_get", doc = "A notebook.", version = 2, permission = "READ_RESULTS")
  static Object notebookGet(
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id", required = true) String notebookId,
      @Arg("Accepted; cells are always there.") boolean verbose) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    return Notebooks.message(server.notebooks().require(notebookId));
  }

  @VqlFunction(
      name = "notebook_update",
      doc = "Changes what is said about a notebook, or keeps a file with it. Returns the notebook.",
      permission = "COLLECT_SERVER")
  static Object notebookUpdate(
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id", required = true) String notebookId,
      @Arg("What it is about.") String description,
      @Arg("Who else may see it.") StringList collaborators,
      @Arg(value = "Whether everybody may see it.", name = "public") boolean isPublic,
      @Arg("The content of a file to keep with it.") String attachment,
      @Arg(value = "The name of that file.", name = "attachment_filename")
          String attachmentFilename) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    server.notebooks().require(notebookId);
    if (call.given("attachment")) {
      attach(server, notebookId, text(attachment), text(attachmentFilename));
    }
    Dict changed =
        server
            .notebooks()
            .update(
                notebookId,
                notebook -> {
                  Dict.Builder next = notebook.toBuilder();
                  if (call.given("description")) {
                    next.replace("description", text(description));
                  }
                  if (call.given("collaborators")) {
                    next.replace("collaborators", list(collaborators));
                  }
                  if (call.given("public")) {
                    next.replace("public", isPublic);
                  }
                  return next.build();
                });
    return Notebooks.message(changed);
  }

  private static void attach(
      ServerModel server, String notebookId, String content, String filename) {
    if (filename.isEmpty()) {
      throw new ArgumentException("attachment_filename should be specified");
    }
    List<String> path = new ArrayList<>(attached(notebookId));
    path.add(filename);
    Stored.write(server, path, new ByteArrayInputStream(Bytes.encode(content)));
  }

  /** The folder of the files that are kept with a notebook. */
  static List<String> attached(String notebookId) {
    return List.of("notebooks", notebookId, "attach");
  }

  @VqlFunction(
      name = "notebook_update_cell",
      doc =
          "Adds, changes or deletes a cell of a notebook, which it returns; what is not given stays"
              + " as it is. The queries of a cell of type vql are run; each SELECT fills a table"
              + " that source() reads.",
      version = 2,
      permission = "COLLECT_SERVER")
  static Object notebookUpdateCell(
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id", required = true) String notebookId,
      @Arg(value = "The cell; a new one if not given.", name = "cell_id") String cellId,
      @Arg("Whether to delete it.") boolean delete,
      @Arg("vql, which a new cell is, or markdown.") String type,
      @Arg("Its text.") String input,
      @Arg("What it shows; the cell is then not run.") String output) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    Notebooks notebooks = server.notebooks();
    notebooks.require(notebookId);
    if (delete) {
      server.results().clearCell(notebookId, text(cellId));
      return Notebooks.message(notebooks.removeCell(notebookId, text(cellId)));
    }
    Dict before = notebooks.cell(notebookId, text(cellId));
    String kind = call.given("type") ? text(type) : before == null ? "vql" : text(before, "type");
    String text = before == null || call.given("input") ? text(input) : text(before, "input");
    Dict cell =
        notebooks.putCell(
            notebookId,
            Dict.of("cell_id", text(cellId), "type", kind, "input", text, "output", text(output)));
    String id = (String) cell.get("cell_id");
    server.results().clearCell(notebookId, id);
    if (kind.equalsIgnoreCase("vql") && text(output).isEmpty()) {
      String error = run(call, server, notebookId, id, text);
      notebooks.putCell(notebookId, cell.toBuilder().replace("error", error).build());
    }
    return Notebooks.message(notebooks.get(notebookId));
  }

  /** Runs the statements of a cell; answers what is wrong with them, or the empty text. */
  private static String run(
      CallContext call, ServerModel server, String notebookId, String cellId, String text) {
    Evaluator evaluator = call.scope().service(Evaluator.class);
    Dict env = Dict.of("NotebookId", notebookId, "NotebookCellId", cellId);
    long[] table = new long[1];
    try (Evaluator.Session session = evaluator.session(call.scope(), env)) {
      session.each(
          text,
          () -> {
            List<Dict> rows = new ArrayList<>();
            table[0]++;
            long number = table[0];
            return new Evaluator.Table() {
              @Override
              public boolean row(Object row) {
                rows.add((Dict) call.scope().operators().normalise(session.scope(), row));
                return true;
              }

              @Override
              public void close() {
                server.results().appendCell(notebookId, cellId, number, rows);
              }
            };
          });
      return "";
    } catch (ArgumentException e) {
      call.log(e.getMessage());
      return e.getMessage();
    }
  }

  @VqlPlugin(
      name = "notebooks",
      doc = "The notebooks that the caller may see.",
      permission = "READ_RESULTS")
  static void notebooks(
      Sink out, CallContext call, @Arg("Whether to show those of others, too.") boolean all) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String user = Access.principal(call, server).name();
    server
        .notebooks()
        .each(
            notebook ->
                !(all
                        || Boolean.TRUE.equals(notebook.get("public"))
                        || notebook.get("creator").equals(user)
                        || ((List<?>) notebook.get("collaborators")).contains(user))
                    || out.row(notebook));
  }

  @VqlPlugin(
      name = "notebook_delete",
      doc = "What is, or would be, removed with a notebook: client_id, type, vfs_path, error.",
      columns = {"client_id", "type", "vfs_path", "error"},
      permission = "COLLECT_SERVER")
  static void notebookDelete(
      Sink out,
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id", required = true) String notebookId,
      @Arg(value = "Whether to remove it.", name = "really_do_it") boolean reallyDoIt) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    Dict notebook = server.notebooks().require(notebookId);
    String base = "/notebooks/" + notebookId;
    boolean go = true;
    for (Object item : (List<?>) notebook.get("cell_metadata")) {
      String cellId = (String) ((Dict) item).get("cell_id");
      if (reallyDoIt) {
        server.results().clearCell(notebookId, cellId);
      }
      go = go && out.row(Stored.removed("", "NotebookCell", base + "/" + cellId));
    }
    List<String> attached = attached(notebookId);
    for (FileStore.Entry file : server.files().list(attached)) {
      List<String> path = new ArrayList<>(attached);
      path.add(file.name());
      if (reallyDoIt) {
        server.files().delete(path);
      }
      go = go && out.row(Stored.removed("", "NotebookAttachment", "/" + String.join("/", path)));
    }
    if (reallyDoIt) {
      server.notebooks().remove(notebookId);
    }
    if (go) {
      out.row(Stored.removed("", "Notebook", base));
    }
  }

  /** The notebook that a call is about: the one given, or the one of the scope. */
  static String notebook(CallContext call, String given) {
    String id = given == null || given.isEmpty() ? Stored.text(call, "NotebookId") : given;
    if (id.isEmpty()) {
      throw new ArgumentException("notebook_id should be specified");
    }
    return id;
  }
}
