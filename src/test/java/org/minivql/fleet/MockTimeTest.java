package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.datastore.Datastore;

/** Which clocks a test moves, and until when. */
class MockTimeTest {
  private static final long STARTED = 1_709_280_000L;
  private static final long MOCKED = 1_800_000_000L;

  @TempDir Path root;
  private StageBench bench;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(root.resolve("clients"));
    bench =
        new StageBench(
            new Datastore(root, Instant.ofEpochSecond(STARTED)),
            """
            name: Shop.Opened
            type: SERVER_EVENT
            sources:
            - query: SELECT * FROM clock()
            """);
    bench.rows("LET C <= client_create(client_id='C.a1', hostname='KIOSK').client_id");
    assertThat(bench.value("mock_time(now=" + MOCKED + ")")).isEqualTo("true");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String times(long seconds, String zeros) {
    return seconds + zeros;
  }

  @Test
  void clientsAreFirstSeenThen() {
    bench.rows("LET D <= client_create(client_id='C.d4', hostname='TILL').client_id");
    assertThat(bench.value("client_info(client_id='C.d4').first_seen_at")).isEqualTo("" + MOCKED);
    assertThat(bench.value("client_info(client_id='C.a1').first_seen_at")).isEqualTo("" + STARTED);
  }

  @Test
  void flowsAreMadeThen() {
    bench.rows("LET F <= collect_client(client_id=C, artifacts='Generic.Client.Info').flow_id");
    assertThat(bench.value("get_flow(client_id=C, flow_id=F).create_time"))
        .isEqualTo(times(MOCKED, "000000"));
  }

  @Test
  void huntsAreMadeThenAndEndAWeekLater() {
    bench.rows("LET H <= hunt(artifacts='Generic.Client.Info').HuntId");
    assertThat(bench.rows("SELECT create_time, expires FROM hunts(hunt_id=H)"))
        .isEqualTo(
            "{\"create_time\":"
                + times(MOCKED, "000000")
                + ",\"expires\":"
                + times(MOCKED + 7 * 86_400, "000000")
                + "}");
    assertThat(bench.value("hunt(artifacts='Generic.Client.Info', expires=" + (MOCKED - 1) + ")"))
        .isEqualTo("null");
    assertThat(bench.log).anyMatch(line -> line.endsWith(" in the past"));
  }

  @Test
  void eventsHappenThen() {
    bench.rows("LET L <= label(client_id=C, labels='Till', op='set')");
    bench.rows("LET E <= send_event(artifact='Shop.Opened', client_id='server', row=dict(A=1))");
    assertThat(
            bench.rows(
                "SELECT _ts FROM monitoring(client_id='server', artifact='Server.Audit.Logs')"
                    + " WHERE _ts != "
                    + times(STARTED, "000")))
        .isEqualTo("{\"_ts\":" + times(MOCKED, "000") + "}");
    assertThat(bench.rows("SELECT _ts FROM monitoring(client_id='server', artifact='Shop.Opened')"))
        .isEqualTo("{\"_ts\":" + times(MOCKED, "000") + "}");
  }

  @Test
  void notebooksAreMadeThen() {
    assertThat(bench.value("notebook_create(name='Tills').created_time")).isEqualTo("" + MOCKED);
  }

  @Test
  void whatTellsTheTimeGoesOnWithTheFleet() {
    assertThat(bench.value("now()")).isEqualTo("" + STARTED);
  }

  @Test
  void tablesDoNotGrowOld() {
    bench.rows("LET M <= memoize(query={ SELECT 'a' AS K FROM scope() }, key='K', name='m')");
    bench.rows("SELECT M.a FROM scope()");
    bench.rows("LET T <= mock_time(now=" + (MOCKED + 3600) + ")");
    bench.rows("SELECT M.a FROM scope()");
    assertThat(bench.log).containsExactly("memoize m: Filled cache with 1 rows");
  }

  @Test
  void theLastTimeMockedCounts() {
    bench.rows("LET T <= mock_time(now=5)");
    assertThat(bench.value("notebook_create(name='Tills').created_time")).isEqualTo("5");
  }

  @Test
  void endsWithTheScope() {
    bench.restart();
    bench.rows("LET D <= client_create(client_id='C.d4', hostname='TILL').client_id");
    assertThat(bench.value("client_info(client_id='C.d4').first_seen_at")).isEqualTo("" + STARTED);
  }
}
