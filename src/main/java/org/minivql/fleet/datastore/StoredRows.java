package org.minivql.fleet.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.EditedRows;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.value.Sink;

/** Reads the row files of a server: edited ones, compressed ones, and those with a time index. */
final class StoredRows {
  private final EditedRows rows;
  private final PackedFiles files;
  private final Damage damage;

  StoredRows(JsonLines json, PackedFiles files, Damage damage) {
    this.rows = new EditedRows(json, damage);
    this.files = files;
    this.damage = damage;
  }

  /** Reads a result set; false where the taker ended the reading. */
  boolean rows(Path file, Sink out) {
    return rows.read(file.toString(), () -> files.open(file), out);
  }

  /** Reads a file of rows where there is one; what is wrong with it is noted. */
  void each(Path file, Sink out) {
    if (damage.isFile(file)) {
      damage.guarded(file, () -> rows(file, out));
    }
  }

  /**
   * Reads events with the times in milliseconds that the index beside the file gives them, -1 where
   * it gives none.
   */
  boolean events(Path file, EditedRows.Stamped out) {
    Path index = file.resolveSibling(file.getFileName() + ".tidx");
    try (TimeIndex times = TimeIndex.open(index, damage)) {
      return rows.read(file.toString(), () -> files.open(file), times::next, out);
    }
  }

  /** Opens a file as it was before it was compressed. */
  InputStream open(Path file) throws IOException {
    return files.open(file);
  }
}
