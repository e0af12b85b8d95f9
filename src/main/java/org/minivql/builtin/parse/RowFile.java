package org.minivql.builtin.parse;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.Modes;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Writes the rows of a query to a file of the host while passing them on. */
final class RowFile {
  private static final Set<String> WRITABLE = Set.of("", "auto", "file");

  private static final int MODE = 0700;

  private RowFile() {}

  /** What to write and where. */
  record Request(Object filename, String accessor, StoredQuery query, boolean append) {}

  /** How rows become bytes. */
  interface Format extends Closeable {
    void row(Object row) throws IOException;
  }

  /** Starts a format on a stream. */
  interface Start {
    Format on(OutputStream stream) throws IOException;
  }

  static void write(CallContext context, Request request, Start start, Sink out) {
    String accessor = request.accessor() == null ? "" : request.accessor();
    if (!WRITABLE.contains(accessor)) {
      throw new ArgumentException("Unsupported accessor for writing " + accessor);
    }
    FileArguments files = FileArguments.of(context, accessor, "filename");
    String name = files.path(request.filename(), "filename").path();
    if (!Effects.ask(context, Effects.Kind.WRITE, name, Dict.of("append", request.append()))) {
      request.query().run(context.scope(), out);
      return;
    }
    IOException[] problem = {null};
    try (OutputStream stream = open(name, request.append());
        Format format = start.on(stream)) {
      request
          .query()
          .run(
              context.scope(),
              row -> {
                try {
                  format.row(row);
                } catch (IOException e) {
                  problem[0] = e;
                  return false;
                }
                return out.row(row);
              });
    } catch (IOException e) {
      throw new ArgumentException(HostErrors.text(e));
    }
    if (problem[0] != null) {
      throw new ArgumentException(HostErrors.text(problem[0]));
    }
  }

  private static OutputStream open(String name, boolean append) throws IOException {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException(e.getMessage(), e);
    }
    boolean fresh = Files.notExists(path);
    OutputStream file =
        append
            ? Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : Files.newOutputStream(path);
    if (fresh) {
      Modes.set(path, MODE);
    }
    return new BufferedOutputStream(file, 1 << 16);
  }
}
