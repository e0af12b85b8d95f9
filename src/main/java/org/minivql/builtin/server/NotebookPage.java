package org.minivql.builtin.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** Lays a notebook out as a page that needs nothing but itself. */
final class NotebookPage {
  private final Writer out;
  private final Scope scope;
  private final ServerModel server;

  NotebookPage(Writer out, Scope scope, ServerModel server) {
    this.out = out;
    this.scope = scope;
    this.server = server;
  }

  /** Writes the page. */
  void write(Dict notebook) throws IOException {
    String name = text(notebook.get("name"));
    out.write("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>");
    out.write(escaped(name));
    out.write("</title></head><body>\n");
    element("h1", name);
    element("p", text(notebook.get("description")));
    for (Object cell : (List<?>) notebook.get("cell_metadata")) {
      cell(text(notebook.get("notebook_id")), (Dict) cell);
    }
    out.write("</body></html>\n");
  }

  private void cell(String notebookId, Dict cell) throws IOException {
    element("pre", text(cell.get("input")));
    element("pre", text(cell.get("output")));
    element("p", text(cell.get("error")));
    String cellId = text(cell.get("cell_id"));
    for (long table = 1; table(notebookId, cellId, table); table++) {
      out.write("</table>\n");
    }
  }

  /** Begins a table and writes its rows; false, and nothing written, where there is none. */
  private boolean table(String notebookId, String cellId, long table) throws IOException {
    if (!server.results().notebook(notebookId, cellId, table, row -> false)) {
      return false;
    }
    out.write("<table>");
    boolean[] first = {true};
    server
        .results()
        .notebook(
            notebookId,
            cellId,
            table,
            row -> {
              row((Dict) row, first[0]);
              first[0] = false;
              return true;
            });
    return true;
  }

  private void row(Dict row, boolean first) {
    try {
      if (first) {
        out.write("<tr>");
        for (String name : row.shape().names()) {
          element("th", name);
        }
        out.write("</tr>\n");
      }
      out.write("<tr>");
      for (int i = 0; i < row.size(); i++) {
        element("td", text(row.cell(i)));
      }
      out.write("</tr>\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(Object value) {
    return value == null ? "" : value instanceof String text ? text : Json.text(scope, value);
  }

  private void element(String name, String text) throws IOException {
    if (!text.isEmpty() || name.equals("td")) {
      out.write("<" + name + ">" + escaped(text) + "</" + name + ">");
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
