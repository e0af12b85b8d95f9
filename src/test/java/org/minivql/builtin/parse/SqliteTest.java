package org.minivql.builtin.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.testing.Run;

/** Databases that were in use. */
class SqliteTest {
  private static final List<String> FILES = List.of("x.db", "x.db-wal", "x.db-shm");

  @TempDir Path folder;

  /** A database whose last row is in its log only, as it lies on a host that was running. */
  private void inUse(Path evidence, boolean log) throws IOException, SQLException {
    Path live = folder.resolve("live.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("CREATE TABLE t (n INTEGER)");
      statement.execute("INSERT INTO t VALUES (1)");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      statement.execute("INSERT INTO t VALUES (2)");
      Files.copy(live, evidence.resolve("x.db"));
      if (log) {
        Files.copy(folder.resolve("live.db-wal"), evidence.resolve("x.db-wal"));
      }
    }
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLogIsReadAndTheEvidenceLeftAsItIs(boolean limited) throws IOException, SQLException {
    for (boolean log : List.of(true, false)) {
      Path evidence = Files.createDirectories(folder.resolve("evidence-" + log));
      inUse(evidence, log);
      Files.deleteIfExists(folder.resolve("live.db"));
      Map<String, Long> before = sizes(evidence);
      assertThat(FILES).containsAll(before.keySet());
      FileRoots roots =
          limited ? FileRoots.below(List.of(evidence), null) : FileRoots.anywhere(null);

      Run run =
          Run.of(
              Vql.builder().service(Accessors.class, new StandardAccessors(roots)).build(),
              "SELECT * FROM sqlite(file=F, query='SELECT n FROM t')",
              QueryOptions.defaults().withEnv(Map.of("F", evidence.resolve("x.db").toString())));

      assertThat(run.log()).isEmpty();
      assertThat(run.rows())
          .isEqualTo(log ? List.of("{\"n\":1}", "{\"n\":2}") : List.of("{\"n\":1}"));
      assertThat(sizes(evidence)).isEqualTo(before);
    }
  }

  /** The rows of a query over a small database. */
  private Run query(String sql, String args) throws SQLException {
    Path file = folder.resolve("small.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)");
    }
    FileRoots roots = FileRoots.below(List.of(folder), null);
    return Run.of(
        Vql.builder().service(Accessors.class, new StandardAccessors(roots)).build(),
        "SELECT * FROM sqlite(file=F, query='" + sql + "', args=" + args + ")",
        QueryOptions.defaults().withEnv(Map.of("F", file.toString())));
  }

  @Test
  void questionMarksAndTheirValuesNeedNotBeAsMany() throws SQLException {
    Run more = query("SELECT ? AS a", "(1, 2)");
    assertThat(more.rows()).containsExactly("{\"a\":1}");
    assertThat(more.log()).isEmpty();
    Run fewer = query("SELECT ? AS a, ? AS b", "1");
    assertThat(fewer.rows()).isEmpty();
    assertThat(fewer.log()).containsExactly("sql: not enough args to execute query: want 2 got 1");
    assertThat(query("SELECT 1 AS a", "5").rows()).containsExactly("{\"a\":1}");
  }

  @Test
  void theLastOfColumnsWithOneNameStandsInItsPlace() throws SQLException {
    Run run = query("SELECT 1 AS a, 2 AS b, 3 AS a", "NULL");
    assertThat(run.rows()).containsExactly("{\"b\":2,\"a\":3}");
  }
}
