package org.minivql.builtin.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;

/** Links to the pages of a server, and who is asking. */
final class LinkCalls {
  private LinkCalls() {}

  /** The page to link to and the text to show if none is given. */
  private record Page(String path, String text) {}

  @VqlFunction(name = "whoami", doc = "The name of who runs the query.")
  static Object whoami(CallContext call) {
    return Access.principal(call, Access.server(call)).name();
  }

  @VqlFunction(
      name = "link_to",
      doc = "A Markdown link to a page of the server, or the bare address.",
      version = 3)
  static Object linkTo(
      CallContext call,
      @Arg(
              "The page: collection, hunt, artifact, event, client, notebook, upload or debug; told"
                  + " from the other arguments if not given.")
          String type,
      @Arg(value = "The client.", name = "client_id") String clientId,
      @Arg(value = "The flow.", name = "flow_id") String flowId,
      @Arg(value = "The hunt.", name = "hunt_id") String huntId,
      @Arg(value = "The notebook.", name = "notebook_id") String notebookId,
      @Arg("The artifact.") String artifact,
      @Arg("Parameters for a new collection or hunt.") Dict parameters,
      @Arg("An uploaded file.") Dict upload,
      @Arg(value = "The tab of the page.", defaultValue = "overview") String tab,
      @Arg("The text of the link.") String text,
      @Arg("Whether to return the address alone.") boolean raw,
      @Arg("The org; the current one if not given.") String org) {
    ServerModel server = Access.server(call);
    String orgId = given(org) ? org : server.orgId();
    String kind = given(type) ? type : kind(clientId, flowId, huntId, notebookId, artifact, upload);
    if (kind.equals("upload")) {
      return link(raw, text, upload(required(upload, "upload"), orgId), components(upload));
    }
    Page page =
        switch (kind) {
          case "collection" -> new Page(path("collected", id(clientId), id(flowId), tab), flowId);
          case "event" -> new Page(path("events", id(clientId), id(artifact)), artifact);
          case "client" -> new Page(path("host", id(clientId)), host(server, clientId));
          case "hunt" -> new Page(path("hunts", id(huntId), tab), huntId);
          case "notebook" -> new Page(path("notebooks", id(notebookId)), notebookId);
          case "debug" -> new Page(path("debug"), kind);
          case "artifact" -> new Page(path("artifacts", id(artifact)), artifact);
          default -> throw new ArgumentException("Unknown type " + kind);
        };
    return link(raw, text, "/?org_id=" + escape(orgId) + "#" + page.path(), page.text());
  }

  private static String kind(
      String clientId,
      String flowId,
      String huntId,
      String notebookId,
      String artifact,
      Dict upload) {
    if (given(clientId)) {
      return given(flowId) ? "collection" : given(artifact) ? "event" : "client";
    }
    if (given(huntId)) {
      return "hunt";
    }
    return given(notebookId) ? "notebook" : given(artifact) ? "artifact" : "upload";
  }

  private static boolean given(String text) {
    return text != null && !text.isEmpty();
  }

  private static String id(String text) {
    return required(text, "id");
  }

  private static <T> T required(T value, String what) {
    if (value == null || value.equals("")) {
      throw new ArgumentException("nothing to link to: no " + what);
    }
    return value;
  }

  private static String path(String... parts) {
    return "/" + Stream.of(parts).map(LinkCalls::escape).collect(Collectors.joining("/"));
  }

  private static String host(ServerModel server, String clientId) {
    ClientRecord record = server.clients().get(clientId);
    String host = record == null ? "" : record.text("hostname");
    return host.isEmpty() ? clientId : clientId + " (" + host + ")";
  }

  private static List<?> parts(Dict upload) {
    if (upload.get("Components") instanceof List<?> parts) {
      return parts;
    }
    throw new ArgumentException("an upload has Components");
  }

  private static String components(Dict upload) {
    return "/" + parts(upload).stream().map(String::valueOf).collect(Collectors.joining("/"));
  }

  private static String upload(Dict upload, String org) {
    String each =
        parts(upload).stream()
            .map(part -> "fs_components=" + escape(String.valueOf(part)) + "&")
            .collect(Collectors.joining());
    return "/api/v1/DownloadVFSFile?"
        + each
        + "org_id="
        + escape(org)
        + "&vfs_path="
        + escape(components(upload));
  }

  private static String escape(String text) {
    // A plus sign is a blank only in forms.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String link(boolean raw, String text, String url, String otherwise) {
    return raw ? url : "[" + (given(text) ? text : otherwise) + "](" + url + ")";
  }
}
