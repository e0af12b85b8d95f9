package org.minivql.builtin.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Lazy;
import org.minivql.value.Values;

/** The files that a server keeps. What was there before is never written to. */
final class FileStoreCalls {
  private FileStoreCalls() {}

  private static OSPath path(CallContext call, Object given) {
    Object value = given instanceof Lazy lazy ? lazy.get() : given;
    return FileArguments.of(call, "fs", "path").path(Values.reduce(value), "path");
  }

  @VqlFunction(
      name = "file_store",
      doc = "The file of the host that has, or would have, the content of a file; NULL if none.")
  static Object fileStore(
      CallContext call,
      @Arg(value = "The path, for example fs:/clients/C.1/a.json.", required = true) Lazy path) {
    ServerModel server = Access.server(call);
    Path file = server.files().host(path(call, path).components());
    return file == null ? null : file.toString();
  }

  @VqlFunction(
      name = "file_store_delete",
      doc = "Deletes a file, as far as this run can see. Returns its path.",
      permission = "SERVER_ADMIN")
  static Object fileStoreDelete(
      CallContext call, @Arg(value = "The path.", required = true) Lazy path) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    OSPath found = path(call, path);
    server.files().delete(found.components());
    return found;
  }

  @VqlFunction(
      name = "write_filestore",
      doc = "Writes a file, as far as this run can see. Returns TRUE.",
      permission = "SERVER_ADMIN")
  static Object writeFilestore(
      CallContext call,
      @Arg(value = "The content.", required = true) String data,
      @Arg(value = "The path.", required = true) Object path) {
    ServerModel server = Access.server(call, "SERVER_ADMIN");
    try (OutputStream out = server.files().create(path(call, path).components())) {
      out.write(Bytes.encode(data));
    } catch (IOException e) {
      throw new ArgumentException(e.getMessage());
    }
    return true;
  }
}
