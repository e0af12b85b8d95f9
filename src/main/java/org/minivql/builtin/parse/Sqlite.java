package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.MissingFileException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.accessor.standard.LocalCopy;
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

  /** Where a database says how it is written, and that a log is written first. */
  private static final int WRITE_VERSION = 18;

  private static final byte WRITE_AHEAD = 2;

  private static final Set<String> HOST = Set.of("file", "auto");

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
      query(context, files, path, query, arguments(args), out);
    } catch (MissingFileException missing) {
      OSPath plain = withoutOptions(path);
      if (!HOST.contains(files.accessorName())) {
        throw new ArgumentException(missing.getMessage());
      }
      if (plain != path) {
        sqlite(context, out, plain, query, accessor, args);
      } else if (isFolder(context.scope(), files, plain.dirname())) {
        empty(context, query, arguments(args), out);
      } else {
        context.log("unable to open database file: no such file or directory");
      }
    } catch (IOException e) {
      throw new ArgumentException(HostErrors.text(e));
    } catch (SQLException e) {
      context.log(reason(e));
    }
  }

  private static void query(
      CallContext context,
      FileArguments files,
      OSPath path,
      String query,
      List<?> arguments,
      Sink out)
      throws IOException, SQLException {
    Scope scope = context.scope();
    byte[] start = start(scope, files, path);
    if (!Arrays.equals(start, 0, Math.min(start.length, MAGIC.length), MAGIC, 0, MAGIC.length)) {
      return;
    }
    boolean ahead = start.length > WRITE_VERSION && start[WRITE_VERSION] == WRITE_AHEAD;
    try (LocalCopy copy = copy(scope, files, path, ahead);
        Connection connection = connect(scope, copy.file().toString())) {
      run(context, connection, query, arguments, out);
    }
  }

  /**
   * Even who only reads a database with a log that is written first creates files beside it, which
   * must not happen to evidence.
   */
  private static LocalCopy copy(Scope scope, FileArguments files, OSPath path, boolean ahead)
      throws IOException {
    LocalCopy copy = LocalCopy.of(scope, files, path, ahead || copies(scope, path));
    if (ahead) {
      copy.with(scope, files, path, "-wal");
    }
    return copy;
  }

  /**
   * What SQLite makes of a file that is not there: a database without tables; nothing is written.
   */
  private static void empty(CallContext context, String query, List<?> arguments, Sink out) {
    try (Connection connection = connect(context.scope(), ":memory:")) {
      run(context, connection, query, arguments, out);
    } catch (SQLException e) {
      context.log(reason(e));
    }
  }

  /** A database can be made only in a folder that is there. */
  private static boolean isFolder(Scope scope, FileArguments files, OSPath path) {
    try {
      return files.accessor().isFolder(scope, files.accessor().stat(scope, path));
    } catch (IOException e) {
      return false;
    }
  }

  /** Options of the library may follow the name of a file; they change nothing for a reader. */
  private static OSPath withoutOptions(OSPath path) {
    int options = path.basename().indexOf('?');
    return options <= 0 ? path : path.dirname().child(path.basename().substring(0, options));
  }

  /** SQLite's own words; the driver puts its code and a general text around them. */
  private static String reason(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int open = message.indexOf('(');
    return message.startsWith("[SQLITE_") && open > 0 && message.endsWith(")")
        ? message.substring(open + 1, message.length() - 1)
        : message;
  }

  /** What follows a question mark in a name would be read as settings of the connection. */
  private static boolean copies(Scope scope, OSPath path) {
    if (path.text().indexOf('?') >= 0) {
      return true;
    }
    Object always = scope.member("SQLITE_ALWAYS_MAKE_TEMPFILE");
    return always != Absent.ABSENT && scope.operators().truth(scope, always);
  }

  private static byte[] start(Scope scope, FileArguments files, OSPath path) throws IOException {
    try (InputStream in = files.accessor().open(scope, path)) {
      return in.readNBytes(WRITE_VERSION + 1);
    }
  }

  private static Connection connect(Scope scope, String file) throws SQLException {
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
      int wanted = statement.getParameterMetaData().getParameterCount();
      if (arguments.size() < wanted) {
        context.log(
            "not enough args to execute query: want " + wanted + " got " + arguments.size());
        return;
      }
      for (int i = 0; i < wanted; i++) {
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
