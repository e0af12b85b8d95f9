package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.plan.Plan;

/** What several threads of a rule do is the same in every run, and done before time goes on. */
@Timeout(120)
class OrderlyRulesTest {
  private static final String LABELS = RecordQuirksTest.from(RecordQuirksTest.LABEL);
  private static final String METADATA = RecordQuirksTest.from(RecordQuirksTest.METADATA);

  @TempDir private Path folder;

  /** Labels x1, x2 and x3, then a key a; 100 s later y1 and y2, then a key b. */
  private TestFleet.Played play(String... lines) {
    TestFleet.Played played =
        new TestFleet(folder)
            .client("C.1")
            .client("C.2")
            .steps(3, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x$\"]")
            .step("\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"a\":\"1\"}")
            .step("\"do\":\"advance\",\"seconds\":100")
            .steps(2, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"y$\"]")
            .step("\"do\":\"metadata\",\"client\":\"C.1\",\"set\":{\"b\":\"2\"}")
            .step("\"do\":\"advance\",\"seconds\":100")
            .rule("R", String.join("\n", lines))
            .play();
    assertThat(played.log()).noneMatch(line -> line.startsWith("ERROR"));
    return played;
  }

  private List<String> rows(String... lines) {
    return play(lines).rowsOf("R").stream().map(row -> row.replaceAll("[{}\"]", "")).toList();
  }

  private static Plan.RuleReport report(TestFleet.Played played) {
    return played.plan().rules().get(0);
  }

  @Test
  void eventsWaitForAQueryThatIsNotDoneWithTheOneBefore() {
    assertThat(
            rows(
                "SELECT * FROM foreach(row={ SELECT Label " + LABELS + " },",
                "  query={ SELECT Label, updated_keys[0] AS K " + METADATA + " LIMIT 1 })"))
        .containsExactly("Label:x1,K:a", "Label:x2,K:b");
  }

  @Test
  void rowsForWhichThereIsNoWorkerWaitForOne() {
    assertThat(
            rows(
                "SELECT * FROM foreach(row={ SELECT Label " + LABELS + " }, workers=2,",
                "  query={ SELECT Label, updated_keys[0] AS K " + METADATA + " LIMIT 1 })"))
        .containsExactly("Label:x1,K:a", "Label:x2,K:a", "Label:x3,K:b", "Label:y1,K:b");
  }

  @Test
  void workersThatAreEnoughForAllWaitBesideEachOther() {
    assertThat(
            rows(
                "SELECT * FROM foreach(row={ SELECT Label " + LABELS + " }, async=TRUE,",
                "  query={ SELECT Label, updated_keys[0] AS K " + METADATA + " LIMIT 1 })"))
        .containsExactly(
            "Label:x1,K:a", "Label:x2,K:a", "Label:x3,K:a", "Label:y1,K:b", "Label:y2,K:b");
  }

  @Test
  void workersWaitForATimeAndTheNextRowForThem() {
    assertThat(
            rows(
                "SELECT * FROM foreach(row={ SELECT Label " + LABELS + " }, workers=2, query={",
                "  SELECT Label, Unix FROM clock(period=30) WHERE Unix > 1600000020 LIMIT 1 })"))
        .startsWith("Label:x1,Unix:1600000030", "Label:x2,Unix:1600000030")
        .hasSize(5);
  }

  @Test
  void aGeneratorThatARowStartsIsThereForTheNextEvents() {
    assertThat(
            rows(
                "LET G = generate(name='g', query={ SELECT Label " + LABELS + " })",
                "SELECT * FROM foreach(row={ SELECT Label AS X " + LABELS + " }, workers=5,",
                "  query={ SELECT X, Label FROM G LIMIT 2 })"))
        .containsExactly(
            "X:x1,Label:x2",
            "X:x2,Label:x2",
            "X:x1,Label:x3",
            "X:x2,Label:x3",
            "X:x3,Label:x3",
            "X:x3,Label:y1",
            "X:y1,Label:y1",
            "X:y1,Label:y2",
            "X:y2,Label:y2");
  }

  @Test
  void aGeneratorFeedsReadersThatWaitForSomethingElse() {
    assertThat(
            rows(
                "LET G = generate(name='g', query={ SELECT Label " + LABELS + " })",
                "SELECT * FROM chain(async=TRUE, a={ SELECT Label FROM G },",
                "  b={ SELECT * FROM foreach(row={ SELECT Label AS X FROM G }, workers=3,",
                "         query={ SELECT X, updated_keys[0] AS K " + METADATA + " LIMIT 1 }) })"))
        .containsExactly(
            "Label:x1",
            "Label:x2",
            "Label:x3",
            "X:x1,K:a",
            "X:x2,K:a",
            "X:x3,K:a",
            "Label:y1",
            "Label:y2",
            "X:y1,K:b",
            "X:y2,K:b");
  }

  @Test
  void whatIsDoneWithABatchOfAGeneratorIsDoneBeforeTheNextEvent() {
    TestFleet.Played played =
        play(
            "LET G = generate(name='g', query={ SELECT Label "
                + LABELS
                + " WHERE Label =~ '^.[0-9]' })",
            "SELECT label(client_id='C.1', op='set', labels='after ' + rows[1].Label) AS L",
            "FROM batch(query={ SELECT * FROM G }, batch_size=2)");

    assertThat(played.labels())
        .containsExactly(
            "{\"client_id\":\"C.1\",\"labels\":[\"x1\",\"x2\",\"after x2\",\"x3\",\"y1\",\"after"
                + " y1\",\"y2\"]}");
  }

  @Test
  void anIncompleteBatchIsSentWhenItsTimeHasCome() {
    assertThat(
            rows(
                "SELECT rows.Label AS L, Unix FROM foreach(",
                "  row={ SELECT rows, timestamp(epoch=now()).Unix AS Unix",
                "        FROM batch(query={ SELECT Label " + LABELS + " }, timeout=70) })"))
        .containsExactly("L:[x1,x2,x3],Unix:1600000070", "L:[y1,y2],Unix:1600000140");
  }

  @Test
  void whatAQueryStartedEndsWithIt() {
    TestFleet.Played played =
        play(
            "LET G = generate(name='g', query={",
            "  SELECT label(client_id='C.2', op='set', labels='seen ' + Label) AS S, Label "
                + LABELS,
            "  WHERE NOT Label =~ 'seen' })",
            "SELECT Label FROM G LIMIT 2");

    assertThat(played.rowsOf("R")).containsExactly("{\"Label\":\"x1\"}", "{\"Label\":\"x2\"}");
    assertThat(played.labels())
        .contains("{\"client_id\":\"C.2\",\"labels\":[\"seen x1\",\"seen x2\"]}");
    assertThat(report(played).eventsMatched()).isEqualTo(2);
    assertThat(played.log()).contains("server_monitoring: Finished collecting R");
  }

  @Test
  void whatFollowsTheEndOfAReaderIsDoneBeforeTheNextEvent() {
    TestFleet.Played played =
        play(
            "LET G = generate(name='g', query={ SELECT Label " + LABELS + " })",
            "SELECT * FROM chain(a={ SELECT * FROM G LIMIT 1 },",
            "  b={ SELECT _value AS N FROM range(end=100000) WHERE N = 99999 }, c={",
            "  SELECT label(client_id='C.2', op='set', labels='end') AS L FROM scope() })");

    assertThat(played.plan().changes())
        .extracting(change -> change.value())
        .containsSequence("x1", "end", "x2");
  }

  @Test
  void whatGoesOnBesideAQueryEndsWithTheScopeThatStartedIt() {
    String beside = "background(query={ SELECT label(client_id='C.2', op='set', labels='late') ";
    TestFleet.Played row = play("SELECT " + beside + METADATA + " LIMIT 1 }) AS B " + LABELS);
    assertThat(row.labels()).noneMatch(client -> client.contains("late"));
    assertThat(report(row).eventsSeen()).isEqualTo(5);

    TestFleet.Played over = play("SELECT " + beside + METADATA + " }) AS B FROM scope()");
    assertThat(over.labels()).noneMatch(client -> client.contains("late"));
    assertThat(report(over).eventsSeen()).isZero();

    TestFleet.Played beyond =
        play("LET _ <= " + beside + METADATA + " LIMIT 1 })", "SELECT Label " + LABELS);
    assertThat(beyond.labels()).contains("{\"client_id\":\"C.2\",\"labels\":[\"late\"]}");
  }

  @Test
  void whoNeedsATableWaitsUntilAnotherHasFilledIt() {
    assertThat(
            rows(
                "LET T <= memoize(key='K', query={",
                "  SELECT str(str=_value) AS K, sleep(time=5) AS S FROM range(end=2) })",
                "SELECT * FROM foreach(row={ SELECT _value AS V FROM range(end=3) }, workers=3,",
                "  query={ SELECT V, get(item=T, field=str(str=V)).K AS K FROM scope() })"))
        .containsExactlyInAnyOrder("V:0,K:0", "V:1,K:1", "V:2,K:null");
  }

  @Test
  void aRuleThatWaitsForItselfIsEndedAndSaysSo() {
    TestFleet.Played played =
        new TestFleet(folder)
            .client("C.1")
            .steps(3, "\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"x$\"]")
            .rule(
                "Again",
                "LET F(X) = SELECT * FROM foreach(row={ SELECT Label "
                    + LABELS
                    + " },\n"
                    + "  query={ SELECT * FROM F(X=Label) })\n"
                    + "SELECT * FROM F(X=0)")
            .rule("Other", "SELECT Label " + LABELS)
            .play();

    assertThat(played.log())
        .filteredOn(line -> line.startsWith("ERROR"))
        .singleElement()
        .asString()
        .contains("Again waits, while it handles an event");
    assertThat(played.rowsOf("Other")).hasSize(3);
  }
}
