package org.minivql.builtin.parse;

import java.sql.Connection;
import java.sql.SQLException;
import org.minivql.value.Scope;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/** The only class that is loaded together with the SQLite library. */
final class SqliteSource {
  private static final int MOST_BYTES = 256 << 20;
  private static final int STEPS = 10_000;

  private SqliteSource() {}

  /** Opens a database; its queries end with the scope's. */
  static Connection open(Scope scope, String file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    // An attached database or a loaded extension would reach other files.
    config.enableLoadExtension(false);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, String.valueOf(MOST_BYTES));
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    ProgressHandler.setHandler(
        connection,
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return scope.alive() ? 0 : 1;
          }
        });
    return connection;
  }
}
