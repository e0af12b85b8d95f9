package org.minivql.builtin.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.Tools;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The tools that artifacts need. They are listed only: nothing is downloaded. */
final class InventoryCalls {
  private InventoryCalls() {}

  @VqlFunction(
      name = "inventory_add",
      doc =
          "Declares a tool; one with a file is kept in the file store and served from there. Returns"
              + " its definition.",
      version = 2,
      permission = "SERVER_ADMIN")
  static Object inventoryAdd(
      CallContext call,
      @Arg(value = "The name of the tool.", required = true) String tool,
      @Arg(value = "Whether clients get it from the server.", name = "serve_locally")
          boolean serveLocally,
      @Arg("Where it comes from.") String url,
      @Arg("The SHA-256 that it should have.") String hash,
      @Arg("The name of its file.") String filename,
      @Arg("Its version.") String version,
      @Arg("The file itself.") Object file,
      @Arg("The accessor of that file.") String accessor) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    boolean kept = call.given("file") && file != null;
    OSPath source = null;
    String found = text(hash);
    if (kept) {
      FileArguments files = FileArguments.of(call, accessor, "file");
      source = files.path(file, "file");
      found = keep(call, server, files, source, tool);
    }
    boolean right = text(hash).isEmpty() || found.equalsIgnoreCase(hash);
    return server
        .tools()
        .add(
            Dict.of(
                "name",
                tool,
                "url",
                text(url),
                "serve_locally",
                serveLocally || kept,
                "admin_override",
                true,
                "expected_hash",
                text(hash),
                "version",
                text(version),
                "filename",
                kept && text(filename).isEmpty() ? source.basename() : text(filename),
                "hash",
                right ? found : "",
                "invalid_hash",
                right ? "" : found));
  }

  private static String keep(
      CallContext call, ServerModel server, FileArguments files, OSPath source, String tool) {
    try (InputStream in = files.accessor().open(call.scope(), source)) {
      return Stored.write(server, Tools.file(tool), in);
    } catch (IOException e) {
      throw new ArgumentException(HostErrors.text(e));
    }
  }

  private static String text(String given) {
    return given == null ? "" : given;
  }

  @VqlPlugin(name = "inventory", doc = "The tools.", permission = "READ_RESULTS")
  static void inventory(Sink out, CallContext call) {
    Access.server(call, "READ_RESULTS").tools().each(tool -> out.row(Tools.served(tool)));
  }

  @VqlFunction(
      name = "inventory_get",
      doc =
          "What a query needs to use a tool: {Tool_<name>_HASH, Tool_<name>_FILENAME,"
              + " Tool_<name>_URL, Tool_<name>_URLs, Definition}.",
      version = 2,
      permission = "SERVER_ADMIN")
  static Object inventoryGet(
      CallContext call,
      @Arg(value = "The name of the tool.", required = true) String tool,
      @Arg("Its version.") String version,
      @Arg("Accepted; nothing is ever downloaded.") boolean probe) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    Dict found = server.tools().get(tool, text(version));
    if (found == null) {
      throw new ArgumentException("Tool " + tool + " not declared in inventory.");
    }
    Dict served = Tools.served(found);
    String name = "Tool_" + tool + "_";
    return Dict.of(
        name + "HASH",
        served.get("hash"),
        name + "FILENAME",
        served.get("filename"),
        name + "URL",
        served.get("serve_url"),
        name + "URLs",
        List.copyOf((List<?>) served.get("serve_urls")),
        "Definition",
        served);
  }
}
