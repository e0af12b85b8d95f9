package org.minivql.builtin.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.minivql.accessor.zip.ZipNames;
import org.minivql.format.Json;
import org.minivql.spi.Uploads;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * An archive of what artifacts give here, in the layout of an offline collector. Rows wait beside
 * it until their source is done, since uploads come in between.
 */
final class CollectedArchive implements Uploads, AutoCloseable {

  private final Scope scope;
  private final ZipOutputStream zip;
  private final boolean json;
  private final boolean csv;
  private final Map<String, RowSpool> tables = new LinkedHashMap<>();
  private final List<Dict> uploads = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private long uploadedBytes;

  /**
   * Begins an archive.
   *
   * @param out where it goes; it is closed with the archive
   * @param format jsonl, csv (both) or csv_only
   * @param level how hard to compress, 0 to 9
   */
  CollectedArchive(Scope scope, OutputStream out, String format, int level) {
    this.scope = scope;
    this.zip = new ZipOutputStream(out);
    this.json = !format.equals("csv_only");
    this.csv = !format.equals("jsonl");
    zip.setLevel(Math.max(Deflater.NO_COMPRESSION, Math.min(level, Deflater.BEST_COMPRESSION)));
  }

  /** The rows of one result set, which become members in the end. */
  RowSpool table(String result) throws IOException {
    RowSpool table = tables.get(result);
    if (table == null) {
      table = new RowSpool(this, "results/" + ZipNames.escaped(result), json, csv);
      tables.put(result, table);
    }
    return table;
  }

  /** Makes members of all rows. */
  void finish() throws IOException {
    List<RowSpool> done = List.copyOf(tables.values());
    tables.clear();
    for (RowSpool table : done) {
      table.close();
    }
  }

  /** A member with one record. */
  void record(String name, Object value) throws IOException {
    member(name, out -> out.write(Json.indented(scope, value).getBytes(StandardCharsets.UTF_8)));
  }

  /** A member with one record a line. */
  void lines(String name, List<Dict> records) throws IOException {
    member(
        name,
        out -> {
          for (Dict record : records) {
            out.write(line(record));
          }
        });
  }

  /** A row as it is kept. */
  byte[] line(Object row) {
    return (Json.text(scope, row) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Something to write that may fail. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** A member; only one is written at a time. */
  synchronized void member(String name, Content content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(scope.clock().instant().toEpochMilli());
    zip.putNextEntry(entry);
    content.write(zip);
    zip.closeEntry();
  }

  @Override
  public Dict store(Scope reading, Upload upload, InputStream data) throws IOException {
    StringBuilder name = new StringBuilder("uploads/").append(ZipNames.escaped(upload.accessor()));
    List<Object> components = new ArrayList<>(List.of("uploads", upload.accessor()));
    for (String component : upload.components()) {
      name.append('/').append(ZipNames.escaped(component));
      components.add(component);
    }
    String member = free(name.toString());
    long[] size = new long[1];
    member(member, out -> size[0] = data.transferTo(out));
    long now = scope.clock().instant().getEpochSecond();
    note(
        Dict.of(
            "Timestamp",
            now,
            "started",
            scope.clock().instant().toString(),
            "vfs_path",
            upload.path(),
            "_Components",
            components,
            "file_size",
            size[0],
            "uploaded_size",
            size[0],
            "_accessor",
            upload.accessor(),
            "_client_components",
            List.copyOf(upload.components())),
        size[0]);
    return Dict.of(
        "Path", upload.path(), "Size", size[0], "StoredSize", size[0], "Components", components);
  }

  /** An archive has each name once: a file that is uploaded again goes beside itself. */
  private synchronized String free(String name) {
    int before = names.merge(name, 1, Integer::sum) - 1;
    return before == 0 ? name : name + "." + before;
  }

  private synchronized void note(Dict upload, long size) {
    uploads.add(upload);
    uploadedBytes += size;
  }

  /** The uploads so far. */
  synchronized List<Dict> uploads() {
    return List.copyOf(uploads);
  }

  /** How many bytes they have. */
  synchronized long uploadedBytes() {
    return uploadedBytes;
  }

  @Override
  public void close() {
    try {
      finish();
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
