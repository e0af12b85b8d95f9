package org.minivql.builtin.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.accessor.standard.LocalCopy;
import org.minivql.registry.Access;
import org.minivql.registry.Importer;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.Ids;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;

/** Importing what was collected elsewhere. */
final class ImportCalls {
  private static final String AUTO = "auto";

  private ImportCalls() {}

  @VqlFunction(
      name = "import_collection",
      doc =
          "Imports the archive of a collection. The client is the one given, else one with the same"
              + " host name, else a new one. Returns the flow.",
      version = 2,
      permission = "COLLECT_SERVER")
  static Object importCollection(
      CallContext call,
      @Arg(value = "The client, or auto.", name = "client_id", defaultValue = AUTO) String clientId,
      @Arg("The host name of the client.") String hostname,
      @Arg(value = "The archive.", required = true) Object filename,
      @Arg("The accessor of the archive.") String accessor,
      @Arg(value = "Only collection is supported.", name = "import_type") String importType) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    Importer importer = call.scope().service(Importer.class);
    if (importer == null) {
      throw new ArgumentException("this host cannot import archives");
    }
    if (importType != null && !importType.isEmpty() && !importType.equals("collection")) {
      throw new ArgumentException("import_type " + importType + " is not supported");
    }
    boolean auto = clientId.isEmpty() || clientId.equals(AUTO);
    String problem = auto ? null : Ids.problem(clientId);
    if (problem != null) {
      throw new ArgumentException(problem);
    }
    FileArguments files = FileArguments.of(call, accessor, "filename");
    OSPath path = files.path(filename, "filename");
    try (LocalCopy copy = LocalCopy.of(call.scope(), files, path, false)) {
      Path archive = copy.isCopy() ? kept(server, files, path, call) : copy.file();
      return importer.run(archive, auto ? "" : clientId, hostname == null ? "" : hostname);
    } catch (IOException e) {
      throw new ArgumentException(e.getMessage());
    }
  }

  /** The rows of the flow are read out of the archive, so it must outlive the call. */
  private static Path kept(ServerModel server, FileArguments files, OSPath path, CallContext call)
      throws IOException {
    List<String> place = List.of("temp", server.ids().flow(), path.basename());
    try (InputStream in = files.accessor().open(call.scope(), path);
        OutputStream out = server.files().create(place)) {
      in.transferTo(out);
    }
    return server.files().host(place);
  }
}
