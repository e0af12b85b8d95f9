package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.testing.TempFolders;

/**
 * The same fleet gives the same bytes, whatever its rules are made of and however busy a machine.
 */
class DryRunProperties {
  private static final int DEPTH = 3;

  /** What no run takes; a run that waits for ever is one that fails. */
  private static final Duration FOR_EVER = Duration.ofMinutes(2);

  private static final String BASIC = "Generic.Client.Info/BasicInformation";

  /** Queries with a column V, most of which never end. */
  private static Arbitrary<String> queries(int depth) {
    Arbitrary<String> sources =
        Arbitraries.of(
            "SELECT Label AS V " + watch("Server.Internal.Label"),
            "SELECT updated_keys[0] AS V " + watch("Server.Internal.MetadataModifications"),
            "SELECT V " + watch("My.Events"),
            "SELECT client_info(client_id=ClientId).os_info.hostname AS V "
                + watch("System.Flow.Completion"),
            "SELECT str(str=Unix) AS V FROM clock(period=20)",
            "SELECT V FROM G",
            "SELECT V FROM G",
            "SELECT V FROM Buffered",
            "SELECT get(item=Table, field='1').K AS V FROM scope()",
            "SELECT str(str=_value) AS V FROM range(end=3)",
            "SELECT V FROM parallelize(client_id='C.1', flow_id='F.1', artifact='"
                + BASIC
                + "',"
                + " batch=1, workers=3, query={ SELECT Hostname AS V FROM source() })");
    if (depth == 0) {
      return sources;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> queries(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(2, sources),
        Tuple.of(5, inner.flatMap(DryRunProperties::around)),
        Tuple.of(5, Combinators.combine(inner, inner, shapes()).as(DryRunProperties::both)));
  }

  private static String watch(String queue) {
    return "FROM watch_monitoring(artifact='" + queue + "')";
  }

  private static Arbitrary<String> around(String query) {
    String in = "{ " + query + " }";
    String rows = "foreach(row=" + in + ")";
    return Arbitraries.of(
        "SELECT V FROM " + rows + " LIMIT 1",
        "SELECT V FROM " + rows + " LIMIT 3",
        "SELECT V FROM " + rows + " WHERE V =~ '1'",
        "SELECT V FROM foreach(row={ SELECT V FROM " + rows + " LIMIT 3 }) ORDER BY V DESC",
        "SELECT V + str(str=count()) AS V FROM foreach(row={ SELECT V FROM "
            + rows
            + " LIMIT 3 }) GROUP BY V",
        "SELECT join(array=rows.V, sep='+') AS V FROM batch(query=" + in + ", batch_size=2)",
        "SELECT join(array=rows.V, sep='+') AS V FROM batch(query=" + in + ", timeout=30)",
        "SELECT V FROM delay(query=" + in + ", delay=15)",
        "SELECT V FROM dedup(query=" + in + ", key='V')",
        "SELECT V, sleep(time=7) AS S FROM " + rows,
        "SELECT V, background(query=" + in + ") AS B FROM scope()",
        "SELECT V, label(client_id='C.2', op='set', labels='l' + V) AS L FROM "
            + rows
            + " WHERE len(list=V) < 6",
        "SELECT V, send_event(artifact='My.Events', client_id='server', row=dict(V='e' + V)) AS E"
            + " FROM "
            + rows
            + " WHERE len(list=V) < 6",
        "SELECT cache(func=V + str(str=count()), key='k', period=40, name='c') AS V FROM " + rows);
  }

  private static Arbitrary<String> shapes() {
    return Arbitraries.of(
        "SELECT V FROM chain(async=TRUE, a={ %s }, b={ %s })",
        "SELECT V FROM chain(a={ %s }, b={ %s })",
        "SELECT V FROM combine(a={ %s }, b={ %s })",
        "SELECT X + V AS V FROM foreach(row={ SELECT V AS X FROM foreach(row={ %s }) }, query={ %s })",
        "SELECT X + V AS V FROM foreach(row={ SELECT V AS X FROM foreach(row={ %s }) }, workers=2, query={ SELECT X, V"
            + " FROM foreach(row={ %s }) LIMIT 1 })",
        "SELECT X + V AS V FROM foreach(row={ SELECT V AS X FROM foreach(row={ %s }) }, workers=5, query={ SELECT X, V"
            + " FROM foreach(row={ %s }) })",
        "SELECT X + V AS V FROM foreach(row={ SELECT V AS X FROM foreach(row={ %s }) }, async=TRUE, query={ SELECT X, V"
            + " FROM foreach(row={ %s }) LIMIT 2 })",
        "SELECT V FROM sequence(a={ %s }, b={ %s }, query={ SELECT join(array=SEQUENCE.V, sep='') AS V"
            + " FROM scope() WHERE len(list=SEQUENCE) = 2 })");
  }

  private static String both(String one, String other, String shape) {
    return String.format(shape, one, other);
  }

  /** A program whose queries share a generator, a buffer and a table. */
  private static Arbitrary<String> rules() {
    Arbitrary<String> shared =
        Arbitraries.of(
            "SELECT Label AS V " + watch("Server.Internal.Label"),
            "SELECT V " + watch("My.Events") + " LIMIT 2",
            "SELECT str(str=Unix) AS V FROM clock(period=30)",
            "SELECT str(str=_value) AS V FROM range(end=4)");
    return Combinators.combine(shared, shared, Arbitraries.of(0, 0, 2), queries(DEPTH))
        .as(
            (made, kept, readers, query) ->
                "LET G = generate(name='g', fan_out="
                    + readers
                    + ", query={ "
                    + made
                    + " })\nLET Buffered = SELECT V FROM fifo(max_age=50, query={ "
                    + kept
                    + " })\nLET Table <= memoize(key='K', period=30, query={"
                    + " SELECT str(str=_value) AS K, sleep(time=3) AS S FROM range(end=2) })\n"
                    + query
                    + "\n");
  }

  private static Arbitrary<String> steps() {
    return Arbitraries.of(
        "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"a1\",\"b\"]",
        "\"do\":\"label\",\"client\":\"C.2\",\"set\":[\"c\"]",
        "\"do\":\"label\",\"client\":\"C.1\",\"remove\":[\"b\"]",
        "\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"k1\":\"v\"}",
        "\"do\":\"metadata\",\"client\":\"C.2\",\"set\":{\"m\":\"v\"}",
        "\"do\":\"event\",\"artifact\":\"My.Events\",\"row\":{\"V\":\"s1\"}",
        "\"do\":\"complete\",\"client\":\"C.1\",\"flow\":\"F.1\",\"again\":true",
        "\"do\":\"advance\",\"seconds\":25",
        "\"do\":\"advance\",\"seconds\":60");
  }

  /**
   * A fleet.
   *
   * @param order in which the server and the rules handle an interrogation
   */
  private record Plot(String first, String second, List<String> steps, String order) {
    String bytes(Path folder) {
      TestFleet fleet =
          new TestFleet(folder)
              .settings("interrogation_order: " + order + "\n")
              .client("C.1")
              .client("C.2")
              .flow("C.1", "F.1", BASIC, "{\"Hostname\":\"h1\"}", "{\"Hostname\":\"h2\"}")
              .artifact("My.Events", "type: SERVER_EVENT\n");
      steps.forEach(fleet::step);
      TestFleet.Played played = fleet.rule("First", first).rule("Second", second).play("My.Events");
      return String.join(
          "\n",
          PlanJson.text(played.plan()),
          played.rows().toString(),
          played.events().toString(),
          String.join("\n", played.log()));
    }
  }

  @Provide
  Arbitrary<Plot> plots() {
    return Combinators.combine(
            rules(),
            rules(),
            steps().list().ofMinSize(3).ofMaxSize(10),
            Arbitraries.of("service_first", "handler_first"))
        .as(Plot::new);
  }

  private static String bytes(Plot plot) throws IOException {
    Path folder = Files.createTempDirectory("plot");
    try {
      return assertTimeoutPreemptively(FOR_EVER, () -> plot.bytes(folder));
    } finally {
      TempFolders.delete(folder);
    }
  }

  /** The bytes while two other threads take time from whoever runs. */
  private static String bytesUnderLoad(Plot plot) throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    try {
      for (int i = 0; i < 2; i++) {
        Thread thread =
            new Thread(
                () -> {
                  while (!over.get()) {
                    Thread.onSpinWait();
                  }
                });
        thread.setDaemon(true);
        thread.start();
      }
      return bytes(plot);
    } finally {
      over.set(true);
    }
  }

  @Property(tries = 20)
  void theSameFleetGivesTheSameBytes(@ForAll("plots") Plot plot) throws IOException {
    String bytes = bytes(plot);
    assertThat(bytes(plot)).isEqualTo(bytes);
    assertThat(bytesUnderLoad(plot)).isEqualTo(bytes);
  }

  @Tag("soak")
  @Property(tries = 300)
  void manyFleetsDo(@ForAll("plots") Plot plot) throws IOException {
    theSameFleetGivesTheSameBytes(plot);
  }
}
