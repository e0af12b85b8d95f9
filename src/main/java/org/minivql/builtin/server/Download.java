package org.minivql.builtin.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.minivql.accessor.zip.ZipNames;
import org.minivql.format.CsvRows;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.FileStore;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** An archive that is written into the file store, member after member. */
final class Download implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  private final Scope scope;
  private final ServerModel server;
  private final ZipOutputStream zip;
  private final boolean csv;

  /**
   * Begins an archive.
   *
   * @param path where in the file store
   * @param format json or csv
   */
  Download(Scope scope, ServerModel server, List<String> path, String format) {
    this.scope = scope;
    this.server = server;
    this.csv = csv(format);
    try {
      this.zip = new ZipOutputStream(server.files().create(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean csv(String format) {
    String wanted = format == null || format.isEmpty() ? "json" : format;
    if (!List.of("json", "jsonl", "csv").contains(wanted)) {
      throw new ArgumentException("format should be json or csv, not " + wanted);
    }
    return wanted.equals("csv");
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(server.clock().instant().toEpochMilli());
    zip.putNextEntry(entry);
  }

  /** A member with one record. */
  void record(String name, Object value) {
    copy(
        name,
        new ByteArrayInputStream(Json.indented(scope, value).getBytes(StandardCharsets.UTF_8)));
  }

  private void copy(String name, InputStream in) {
    try {
      begin(name);
      in.transferTo(zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A member with rows.
   *
   * @param name the name without its ending, which the format decides
   * @param rows gives the rows
   */
  void rows(String name, Consumer<Sink> rows) {
    try {
      begin(name + (csv ? ".csv" : ".json"));
      Writer text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
      if (csv) {
        CsvRows table = new CsvRows(text);
        table.begin();
        rows.accept(row -> write(() -> table.row((Dict) row)));
        table.end();
      } else {
        rows.accept(row -> write(() -> text.append(Json.text(scope, row)).append('\n')));
      }
      text.flush();
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static boolean write(Writing writing) {
    try {
      writing.run();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The members of one flow, in a folder or at the top. */
  void flow(String folder, String clientId, String flowId, Dict flow, boolean expandSparse) {
    for (Object name : (List<?>) flow.get("artifacts_with_results")) {
      String artifact = String.valueOf(name);
      rows(
          folder + "results/" + ZipNames.escaped(artifact),
          sink -> server.results().read(clientId, flowId, artifact, 0, 0, sink));
    }
    rows(folder + "log", sink -> server.results().logs(clientId, flowId, sink));
    List<List<String>> uploads = new ArrayList<>();
    rows(
        folder + "uploads",
        sink ->
            server
                .results()
                .uploads(
                    clientId,
                    flowId,
                    row -> {
                      if (((Dict) row).get("_Components") instanceof List<?> path) {
                        uploads.add(path.stream().map(String::valueOf).toList());
                      }
                      return sink.row(row);
                    }));
    uploads.stream().distinct().forEach(path -> upload(folder, path, expandSparse));
  }

  /** An uploaded file: as it is stored, with its index, or with its holes filled. */
  private void upload(String folder, List<String> path, boolean expandSparse) {
    int from = path.indexOf("uploads") + 1;
    List<String> parts = path.subList(from, path.size()).stream().map(ZipNames::escaped).toList();
    String name = folder + "uploads/" + String.join("/", parts);
    List<String> index = new ArrayList<>(path);
    index.set(index.size() - 1, path.get(path.size() - 1) + ".idx");
    FileStore files = server.files();
    FileStore.Entry stored = files.find(path);
    if (stored == null || stored.folder()) {
      return;
    }
    try (InputStream in = files.open(path)) {
      boolean sparse = files.find(index) != null;
      if (!sparse || !expandSparse) {
        copy(name, in);
        if (sparse) {
          try (InputStream ranges = files.open(index)) {
            copy(name + ".idx", ranges);
          }
        }
        return;
      }
      try (InputStream ranges = files.open(index)) {
        begin(name);
        expand(in, Json.parse(new String(ranges.readAllBytes(), StandardCharsets.UTF_8)), zip);
        zip.closeEntry();
      }
    } catch (NoSuchFileException e) {
      scope.log("ERROR:" + e.getMessage() + ": no such file");
    } catch (FormatException e) {
      throw new ArgumentException(String.join("/", index) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void expand(InputStream in, Object index, OutputStream out) throws IOException {
    Object ranges = index instanceof Dict dict ? dict.get("ranges") : index;
    byte[] zeros = new byte[BLOCK];
    for (Object item : ranges instanceof List<?> list ? list : List.of()) {
      Dict range = (Dict) item;
      long kept = number(range, "file_length");
      long length = number(range, "length");
      for (long left = kept; left > 0; ) {
        byte[] bytes = in.readNBytes((int) Math.min(left, BLOCK));
        out.write(bytes);
        left = bytes.length == 0 ? 0 : left - bytes.length;
      }
      for (long left = length - kept; left > 0; left -= BLOCK) {
        out.write(zeros, 0, (int) Math.min(left, BLOCK));
      }
    }
  }

  private static long number(Dict range, String name) {
    return range.get(name) instanceof Number n ? n.longValue() : 0;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
