package org.minivql.builtin.artifact;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.format.CsvRows;
import org.minivql.value.Dict;

/** The rows of one source on their way into an archive, in files that are removed after it. */
final class RowSpool implements AutoCloseable {
  private final CollectedArchive archive;
  private final String name;
  private final List<Path> files = new ArrayList<>();
  private final Path rows;
  private final Path index;
  private final Path table;
  private final OutputStream rowsOut;
  private final OutputStream indexOut;
  private final Writer tableOut;
  private final CsvRows csv;
  private long offset;
  private long count;

  RowSpool(CollectedArchive archive, String name, boolean wantJson, boolean wantCsv)
      throws IOException {
    this.archive = archive;
    this.name = name;
    this.rows = wantJson ? file() : null;
    this.index = wantJson ? file() : null;
    this.table = wantCsv ? file() : null;
    this.rowsOut = wantJson ? new BufferedOutputStream(Files.newOutputStream(rows)) : null;
    this.indexOut = wantJson ? new BufferedOutputStream(Files.newOutputStream(index)) : null;
    this.tableOut =
        wantCsv ? new BufferedWriter(Files.newBufferedWriter(table, StandardCharsets.UTF_8)) : null;
    this.csv = wantCsv ? new CsvRows(tableOut) : null;
    if (csv != null) {
      csv.begin();
    }
  }

  private Path file() throws IOException {
    Path file = Files.createTempFile("collect", ".rows");
    files.add(file);
    return file;
  }

  /** Takes a row. */
  void add(Dict row) throws IOException {
    count++;
    if (rowsOut != null) {
      byte[] line = archive.line(row);
      rowsOut.write(line);
      indexOut.write(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(offset).array());
      offset += line.length;
    }
    if (csv != null) {
      csv.row(row);
    }
  }

  /** How many rows there are. */
  long count() {
    return count;
  }

  /** Puts the rows into the archive; a source without rows has no members. */
  @Override
  public void close() throws IOException {
    try {
      if (rowsOut != null) {
        rowsOut.close();
        indexOut.close();
      }
      if (csv != null) {
        csv.end();
        csv.flush();
        tableOut.close();
      }
      if (count > 0) {
        member(".json", rows);
        member(".json.index", index);
        member(".csv", table);
      }
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void member(String ending, Path file) throws IOException {
    if (file != null) {
      archive.member(name + ending, out -> Files.copy(file, out));
    }
  }
}
