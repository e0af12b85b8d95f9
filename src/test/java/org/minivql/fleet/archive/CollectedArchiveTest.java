package org.minivql.fleet.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.Repository;
import org.minivql.fleet.Fleets;
import org.minivql.fleet.TestFleet;
import org.minivql.fleet.TestFleet.Played;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;

/** What {@code collect()} writes is what archives of collections are read from. */
class CollectedArchiveTest {
  private static final String DOORS =
      """
      name: Shop.Doors
      parameters: [{name: N, type: int, default: "1"}]
      sources:
      - name: Front/Glass
        query: SELECT N, timestamp(epoch=1600000000) AS At FROM scope()
      - name: Back
        query: SELECT _value AS N FROM range(end=3)
      - name: Walled
        query: SELECT 1 AS N FROM scope() WHERE FALSE
      - name: Keys
        query: SELECT upload(file='brass', accessor='data', name='C:/keys/1').Size AS Size FROM scope()
      """;

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  /** A clock of which each look takes a second. */
  private static Clock slow() {
    return new Clock() {
      private long second = 1_600_000_000;

      @Override
      public synchronized Instant instant() {
        return Instant.ofEpochSecond(second++);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private List<String> run(Clock clock, Effects effects, String program) {
    Repository repository = Repository.standard();
    Vql vql =
        Vql.builder()
            .clock(clock)
            .namespace(new ArtifactCalls(scope -> repository))
            .service(Repository.class, repository)
            .service(Effects.class, effects)
            .service(
                Accessors.class, new StandardAccessors(FileRoots.anywhere(folder.toAbsolutePath())))
            .build();
    List<String> rows = new ArrayList<>();
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(Map.of("Doors", DOORS, "Box", box().toString()))
            .withLog(line -> log.add(line.text()));
    vql.compile(program).run(options, row -> rows.add(Json.text(row)));
    return rows;
  }

  private Path box() {
    return folder.resolve("box.zip");
  }

  private static String collect(String arguments) {
    return "SELECT * FROM collect(artifacts='Shop.Doors', artifact_definitions=Doors"
        + arguments
        + ")";
  }

  private List<String> collected(String arguments) {
    return run(slow(), Effects.allowAll(), collect(", output=Box" + arguments));
  }

  private static List<String> rows(CollectorArchive archive, String result) {
    List<String> rows = new ArrayList<>();
    archive.rows(result, row -> rows.add(Json.text(row)));
    return rows;
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(collected(", args=dict(`Shop.Doors`=dict(N='7'))"))
        .containsExactly("{\"Container\":\"" + box() + "\",\"Error\":null}");

    try (CollectorArchive archive = new CollectorArchive(box(), new Damage(), "")) {
      assertThat(archive.unknownMembers()).isEmpty();
      assertThat(archive.resultNames())
          .containsExactly("Shop.Doors/Back", "Shop.Doors/Front/Glass", "Shop.Doors/Keys");
      assertThat(rows(archive, "Shop.Doors/Front/Glass"))
          .containsExactly("{\"N\":7,\"At\":\"2020-09-13T12:26:40Z\"}");
      assertThat(rows(archive, "Shop.Doors/Back"))
          .containsExactly("{\"N\":0}", "{\"N\":1}", "{\"N\":2}");
      Dict flow = archive.flow();
      assertThat(archive.nanoseconds()).isTrue();
      assertThat((Long) flow.get("create_time")).isBetween(1600000000000000L, 1600000100000000L);
      assertThat(flow.get("session_id")).asString().matches("F\\.[0-9A-V]{13}");
      assertThat(flow.get("state")).isEqualTo("FINISHED");
      assertThat(flow.get("total_collected_rows")).isEqualTo(5L);
      assertThat(flow.get("total_uploaded_bytes")).isEqualTo(5L);
      assertThat(flow.get("artifacts_with_results"))
          .isEqualTo(List.of("Shop.Doors/Front/Glass", "Shop.Doors/Back", "Shop.Doors/Keys"));
      List<Object> messages = new ArrayList<>();
      archive.logs(row -> messages.add(((Dict) row).get("message")));
      assertThat(messages)
          .contains(
              "Starting query execution for Shop.Doors/Front/Glass.\n",
              "Shop.Doors: Uploaded 1 files.")
          .anyMatch(
              text ->
                  text.toString()
                      .matches(
                          "Shop.Doors: Time \\d+: Shop.Doors/Back: Sending response part 0 24 B"
                              + " \\(3 rows\\)."))
          .anyMatch(text -> text.toString().startsWith("Collection Shop.Doors is done after "));
      List<Object> uploads = new ArrayList<>();
      archive.uploads("C.1", "F.1", row -> uploads.add(((Dict) row).get("file_size")));
      assertThat(uploads).containsExactly(5L);
      assertThat(archive.members()).contains("custom_artifacts.json", "requests.json");
    }
  }

  @Test
  void whatIsWrittenCanBeImported() {
    collected("");
    Played played =
        new TestFleet(folder)
            .artifact("Shop.Doors", DOORS.substring(DOORS.indexOf('\n') + 1))
            .step("\"do\":\"import\",\"path\":\"box.zip\",\"client\":\"C.a1\"")
            .rule(
                "R",
                "SELECT * FROM foreach(row={ SELECT * FROM"
                    + " watch_monitoring(artifact='System.Flow.Completion') }, query={\n"
                    + "  SELECT N, ClientId FROM source(client_id=ClientId, flow_id=FlowId,"
                    + " artifact='Shop.Doors/Back') })")
            .play();

    assertThat(played.rowsOf("R"))
        .containsExactly(
            "{\"N\":0,\"ClientId\":\"C.a1\"}",
            "{\"N\":1,\"ClientId\":\"C.a1\"}",
            "{\"N\":2,\"ClientId\":\"C.a1\"}");
  }

  @Test
  void anEncryptedArchiveHidesItsMembers() {
    collected(", password='brass', metadata={ SELECT 'shop' AS Place FROM scope() }");

    assertThat(
            run(
                slow(),
                Effects.allowAll(),
                "SELECT FullPath FROM glob(globs='/*', accessor='zip', root=Box)"))
        .hasSize(2);
    assertThat(
            run(
                slow(),
                Effects.allowAll(),
                "LET ZIP_PASSWORDS <= 'brass'\n"
                    + "SELECT * FROM foreach(row={ SELECT OSPath FROM glob(accessor='zip',"
                    + " globs='/results/*Back.json', root=pathspec(DelegateAccessor='zip',"
                    + " Delegate=pathspec(DelegatePath=Box, Path='/data.zip'), Path='/')) },"
                    + " query={ SELECT N FROM parse_jsonl(accessor='zip', filename=OSPath) })"))
        .containsExactly("{\"N\":0}", "{\"N\":1}", "{\"N\":2}");
  }

  @Test
  void anEncryptedArchiveIsAFleetForWhoKnowsThePassword() {
    collected(", password='brass'");

    assertThatThrownBy(() -> Fleets.open(box()))
        .hasMessage(box() + ": the archive is encrypted: give its password");
    assertThatThrownBy(() -> Fleets.open(box(), "copper"))
        .hasMessage(box() + ": the password is not the one of the archive");
    List<Object> rows = new ArrayList<>();
    try (FleetSource fleet = Fleets.open(box(), "brass")) {
      Completions.Entry flow = fleet.completions().get(0);
      fleet.recorded().results(flow.clientId(), flow.flowId(), "Shop.Doors/Back", rows::add);
      assertThat(fleet.problems()).isEmpty();
    }
    assertThat(rows).hasSize(3);
  }

  @Test
  void rowsAreKeptAsTablesWhereThatIsWanted() {
    collected(", format='csv'");
    try (CollectorArchive archive = new CollectorArchive(box(), new Damage(), "")) {
      assertThat(archive.members())
          .contains("results/Shop.Doors%2FBack.json", "results/Shop.Doors%2FBack.csv");
    }
    collected(", format='csv_only'");
    try (CollectorArchive archive = new CollectorArchive(box(), new Damage(), "")) {
      assertThat(archive.members())
          .contains("results/Shop.Doors%2FBack.csv")
          .doesNotContain("results/Shop.Doors%2FBack.json");
    }
  }

  @Test
  void aCollectionThatTakesTooLongIsAnErrorWithTheRowsItHas() {
    collected(", timeout=5");

    try (CollectorArchive archive = new CollectorArchive(box(), new Damage(), "")) {
      assertThat(archive.flow().get("state")).isEqualTo("ERROR");
      assertThat(archive.flow().get("status")).isEqualTo("Query timed out after 5 seconds");
      assertThat((Long) archive.flow().get("total_collected_rows")).isBetween(1L, 4L);
    }
  }

  @Test
  void nothingIsWrittenWhereEffectsAreOnlyRecorded() {
    List<String> targets = new ArrayList<>();
    assertThat(
            run(
                slow(),
                effect -> {
                  targets.add(effect.kind() + " " + effect.target());
                  return Effects.Decision.RECORD;
                },
                collect(", output=Box")))
        .hasSize(1);
    assertThat(targets).contains("WRITE " + box());
    assertThat(box()).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsTold() throws IOException {
    Files.createDirectory(box());
    assertThat(collected("").get(0)).contains("\"Error\":\"");
    assertThat(log).anyMatch(line -> line.startsWith("ERROR:collect: "));
  }

  @Test
  void remappingIsRefused() {
    assertThat(collected(", remapping='x'")).isEmpty();
    assertThat(log).contains("collect: accessors are not remapped here");
  }
}
