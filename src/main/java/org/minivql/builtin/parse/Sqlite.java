package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.minivql.accessor.FileArguments;
import org.minivql.accessor.LocalCopy;
import org.minivql.accessor.OSPath;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Rows of SQLite databases. */
final class Sqlite {
  private static final byte[] MAGIC = "SQLite forma".getBytes(StandardCharsets.US_ASCII);

  private Sqlite() {}

  @VqlPlugin(
      name = "sqlite",
      logName = "sql",
      doc =
          "The rows of a query in SQL over a SQLite database, which is never written to. A file that"
              + " is no database gives no rows.")
  static void sqlite(
      CallContext context,
      Sink out,
      @Arg(value = "The database.", required = true) Object file,
      @Arg(value = "The query in SQL.", required = true) String query,
      @Arg(value = "The accessor.", defaultValue = "file") String accessor,
      @Arg("The values of the question marks: a list or one value.") Object args) {
    FileArguments files = FileArguments.of(context, accessor, "file");
    OSPath path = files.path(file, "file");
    if (query.isBlank()) {
      return;
    }
    try {
      if (!isDatabase(context.scope(), files, path)) {
        return;
      }
      try (LocalCopy copy =
              LocalCopy.of(context.scope(), files, path, copies(context.scope(), path));
          Connection connection = connect(context.scope(), copy.file())) {
        run(context, connection, query, arguments(args), out);
      }
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      context.log(String.valueOf(e.getMessage()));
    }
  }

  /** What follows a question mark in a name would be read as settings of the connection. */
  private static boolean copies(Scope scope, OSPath path) {
    if (path.text().indexOf('?') >= 0) {
      return true;
    }
    Object always = scope.resolve("SQLITE_ALWAYS_MAKE_TEMPFILE");
    return always != Absent.ABSENT && scope.operators().truth(scope, always);
  }

  private static boolean isDatabase(Scope scope, FileArguments files, OSPath path)
      throws IOException {
    try (InputStream in = files.accessor().open(scope, path)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  private static Connection connect(Scope scope, Path file) throws SQLException {
    try {
      Class.forName("org.sqlite.JDBC");
    } catch (ClassNotFoundException e) {
      throw new ArgumentException("reading SQLite needs the library org.xerial:sqlite-jdbc");
    }
    return SqliteSource.open(scope, file);
  }

  private static List<?> arguments(Object args) {
    if (args == null || args == Absent.ABSENT) {
      return List.of();
    }
    return args instanceof List<?> list ? list : List.of(args);
  }

  private static void run(
      CallContext context, Connection connection, String query, List<?> arguments, Sink out)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < arguments.size(); i++) {
        Object value = arguments.get(i);
        boolean plain =
            value == null
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean;
        statement.setObject(
            i + 1, plain ? value : context.scope().operators().text(context.scope(), value));
      }
      if (!statement.execute()) {
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        SqliteRows reader = new SqliteRows(rows.getMetaData());
        while (context.scope().alive() && rows.next()) {
          if (!out.row(reader.row(rows))) {
            return;
          }
        }
      }
    }
  }
}
