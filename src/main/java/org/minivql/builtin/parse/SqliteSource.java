package org.minivql.builtin.parse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** The only class that is loaded together with the SQLite library. */
final class SqliteSource {
  private SqliteSource() {}

  static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    // An attached database or a loaded extension would reach other files.
    config.enableLoadExtension(false);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
    return config.createConnection("jdbc:sqlite:" + file);
  }
}
