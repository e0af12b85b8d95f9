package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.format.Json;
import org.minivql.registry.event.Principal;
import org.minivql.spi.Library;

/** Each call asks for its own permission, by its own name, and for no other. */
class PermissionsTest {
  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  private String run(Set<String> permissions, String program) {
    TestFleet fleet =
        new TestFleet(folder)
            .client("C.a1")
            .flow("C.a1", "F.1", "Generic.Client.Info/Users", "{\"N\":1}")
            .artifact("Server.Clean", "type: SERVER\nsources:\n- query: SELECT 1 FROM scope()\n")
            .file("note.txt", "7\n");
    StringBuilder out = new StringBuilder();
    try (FleetDirectory source = fleet.open();
        FleetStage stage = new FleetStage(source, List.of())) {
      QueryOptions options =
          stage
              .options(QueryOptions.defaults())
              .withService(
                  Accessors.class,
                  new StandardAccessors(FileRoots.anywhere(folder.toAbsolutePath())))
              .withService(Principal.class, new Principal("kim", permissions))
              .withLog(line -> log.add(line.text()));
      try (Execution session = stage.engine().session(options)) {
        session.run(
            stage.engine().compile(program),
            row -> {
              out.append(Json.text(session.scope(), row));
              return true;
            });
      }
    }
    return out.toString();
  }

  private void refused(String program, String name, String permission, String nothing) {
    Set<String> others = new LinkedHashSet<>(Principal.permissionNames());
    others.remove(permission);

    assertThat(run(others, program)).isEqualTo(nothing);
    assertThat(log)
        .containsExactly(name + ": PermissionDenied: Permission denied: [" + permission + "]");
  }

  private void works(String program, String permission) {
    log.clear();
    run(Set.of(permission), program);
    assertThat(log).noneMatch(line -> line.contains("[" + permission + "]"));
  }

  @ParameterizedTest(name = "{1} {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "client_info(client_id='C.a1')                              | READ_RESULTS",
        "client_metadata(client_id='C.a1')                          | READ_RESULTS",
        "client_metadata(client_id='server')                        | SERVER_ADMIN",
        "client_set_metadata(client_id='C.a1', a=1)                 | COLLECT_CLIENT",
        "client_set_metadata(client_id='server', a=1)               | SERVER_ADMIN",
        "server_metadata()                                          | SERVER_ADMIN",
        "server_set_metadata(a=1)                                   | SERVER_ADMIN",
        "label(client_id='C.a1', labels='x', op='set')              | LABEL_CLIENT",
        "label(client_id='C.a1', labels='x', op='check')            | LABEL_CLIENT",
        "get_flow(client_id='C.a1', flow_id='F.1')                  | COLLECT_CLIENT",
        "get_flow(client_id='server', flow_id='F.1')                | COLLECT_SERVER",
        "cancel_flow(client_id='C.a1', flow_id='F.1')               | COLLECT_CLIENT",
        "cancel_flow(client_id='server', flow_id='F.1')             | COLLECT_SERVER",
        "hunt(artifacts='Generic.Client.Info')                      | START_HUNT",
        "hunt_add(client_id='C.a1', hunt_id='H.1')                  | START_HUNT",
        "hunt_update(hunt_id='H.1', stop=TRUE)                      | START_HUNT",
        "hunt_info(hunt_id='H.1')                                   | READ_RESULTS",
        "get_client_monitoring()                                    | READ_RESULTS",
        "get_server_monitoring()                                    | READ_RESULTS",
        "set_client_monitoring(value=dict())                        | COLLECT_CLIENT",
        "add_client_monitoring(artifact='Generic.Client.Stats')     | COLLECT_CLIENT",
        "rm_client_monitoring(artifact='Generic.Client.Stats')      | COLLECT_CLIENT",
        "set_server_monitoring(value=dict())                        | COLLECT_SERVER",
        "add_server_monitoring(artifact='Server.Monitor.Health')    | COLLECT_SERVER",
        "rm_server_monitoring(artifact='Server.Monitor.Health')     | COLLECT_SERVER",
        "artifact_set(definition='name: A')                         | ARTIFACT_WRITER",
        "artifact_set(definition='name: A\\ntype: CLIENT_EVENT')    | ARTIFACT_WRITER",
        "artifact_set(definition='name: A\\ntype: SERVER')          | SERVER_ARTIFACT_WRITER",
        "artifact_set(definition='name: A\\ntype: SERVER_EVENT')    | SERVER_ARTIFACT_WRITER",
        "artifact_set(definition='name: A\\ntype: NOTEBOOK')        | SERVER_ARTIFACT_WRITER",
        "artifact_delete(name='Generic.Client.Info')                | ARTIFACT_WRITER",
        "artifact_set_metadata(name='Generic.Client.Info', hidden=TRUE) | ARTIFACT_WRITER",
        "create_flow_download(client_id='C.a1', flow_id='F.1')      | PREPARE_RESULTS",
        "create_hunt_download(hunt_id='H.1')                        | PREPARE_RESULTS",
        "create_notebook_download(notebook_id='N.1')                | PREPARE_RESULTS",
        "import_collection(client_id='auto', filename='box.zip')    | COLLECT_SERVER",
        "write_filestore(path='fs:/a', data='x')                    | SERVER_ADMIN",
        "file_store_delete(path='fs:/a')                            | SERVER_ADMIN",
        "inventory_add(tool='T')                                    | SERVER_ADMIN",
        "inventory_get(tool='T', probe=TRUE)                        | SERVER_ADMIN",
        "notebook_create(name='n')                                  | COLLECT_SERVER",
        "notebook_get(notebook_id='N.1')                            | READ_RESULTS",
        "notebook_update(notebook_id='N.1')                         | COLLECT_SERVER",
        "notebook_update_cell(notebook_id='N.1')                    | COLLECT_SERVER",
        "notebook_export(notebook_id='N.1')                         | PREPARE_RESULTS",
        "timeline_delete(timeline='t', notebook_id='N.1')           | NOTEBOOK_EDITOR",
        "timeline_add(timeline='t', name='n', key='T', notebook_id='N.1', query={ SELECT 1 AS T FROM scope() }) | NOTEBOOK_EDITOR",
        "org_create(name='o')                                       | ORG_ADMIN",
        "org_delete(org='o')                                        | ORG_ADMIN",
        "secret_add(type='t', name='n', secret=dict())              | SERVER_ADMIN",
        "secret_modify(type='t', name='n')                          | SERVER_ADMIN",
        "client_create()                                            | SERVER_ADMIN",
        "environ(var='HOME')                                        | MACHINE_STATE",
        "expand(path='$HOME')                                       | MACHINE_STATE",
        "host(name='localhost')                                     | NETWORK",
        "copy(filename='7', accessor='data', dest='x')              | FILESYSTEM_WRITE",
        "tempfile()                                                 | FILESYSTEM_WRITE",
        "tempdir()                                                  | FILESYSTEM_WRITE",
        "write_file(data='7', dest='no/such/folder/x')              | FILESYSTEM_WRITE",
        "rm(filename='no-such-file')                                | FILESYSTEM_WRITE",
      })
  void functionsOf(String call, String permission) {
    String program = "SELECT " + call + " AS V FROM scope()";
    String name = call.substring(0, call.indexOf('('));
    boolean falseOnError = Set.of("environ", "host", "tempfile", "tempdir", "rm").contains(name);
    String shown = name.equals("client_create") ? "ERROR:" + name : name;
    refused(program, shown, permission, "{\"V\":" + (falseOnError ? "false" : "null") + "}");
    works(program, permission);
  }

  @ParameterizedTest(name = "{1} {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "clients()                                                  | READ_RESULTS",
        "client_delete(client_id='C.a1')                            | SERVER_ADMIN",
        "flows(client_id='C.a1')                                    | READ_RESULTS",
        "flow_results(client_id='C.a1', flow_id='F.1')              | READ_RESULTS",
        "flow_logs(client_id='C.a1', flow_id='F.1')                 | READ_RESULTS",
        "uploads(client_id='C.a1', flow_id='F.1')                   | READ_RESULTS",
        "upload_transactions(client_id='C.a1', flow_id='F.1')       | READ_RESULTS",
        "enumerate_flow(client_id='C.a1', flow_id='F.1')            | READ_RESULTS",
        "delete_flow(client_id='C.a1', flow_id='F.1')               | DELETE_RESULTS",
        "delete_events(client_id='C.a1', artifact='System.Flow.Completion') | DELETE_RESULTS",
        "hunts()                                                    | READ_RESULTS",
        "hunt_flows(hunt_id='H.1')                                  | READ_RESULTS",
        "hunt_results(hunt_id='H.1')                                | READ_RESULTS",
        "hunt_delete(hunt_id='H.1')                                 | SERVER_ADMIN",
        "monitoring(client_id='C.a1', artifact='System.Flow.Completion') | READ_RESULTS",
        "monitoring_logs(client_id='C.a1', artifact='System.Flow.Completion') | READ_RESULTS",
        "watch_monitoring(artifact='No.Such')                       | READ_RESULTS",
        "artifact_definitions(names='Generic.Client.Info')          | READ_RESULTS",
        "inventory()                                                | READ_RESULTS",
        "notebooks()                                                | READ_RESULTS",
        "notebook_delete(notebook_id='N.1')                         | COLLECT_SERVER",
        "timelines(notebook_id='N.1')                               | READ_RESULTS",
        "timeline(timeline='t', notebook_id='N.1')                  | READ_RESULTS",
        "secrets()                                                  | SERVER_ADMIN",
        "info()                                                     | MACHINE_STATE",
        "pslist()                                                   | MACHINE_STATE",
        "execve(argv='no-such-command')                             | EXECVE",
        "http_client(url='http://localhost:1/')                     | NETWORK",
        "write_jsonl(filename='x', query={ SELECT 1 FROM scope() }) | FILESYSTEM_WRITE",
        "write_csv(filename='x', query={ SELECT 1 FROM scope() })   | FILESYSTEM_WRITE",
        "collect(artifacts='Generic.Client.Info', output='x.zip')   | FILESYSTEM_WRITE",
        "unzip(filename='x.zip', output_directory='x')              | FILESYSTEM_WRITE",
      })
  void pluginsOf(String call, String permission) {
    String program = "SELECT * FROM " + call;
    refused(program, call.substring(0, call.indexOf('(')), permission, "");
    works(program, permission);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "source(client_id='C.a1', flow_id='F.1', artifact='Generic.Client.Info/Users') | uploads",
        "parallelize(client_id='C.a1', flow_id='F.1', artifact='Generic.Client.Info/Users', query={ SELECT 1 FROM scope() }) | parallel",
      })
  void someCallsAreRefusedUnderAnotherName(String call, String name) {
    refused("SELECT * FROM " + call, name, "READ_RESULTS", "");
    works("SELECT * FROM " + call, "READ_RESULTS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_create(user='u', roles='reader')",
        "user_grant(user='u', roles='reader')",
        "user_delete(user='u')"
      })
  void usersAreChangedByAdministrators(String call) {
    String name = call.substring(0, call.indexOf('('));
    assertThat(run(Set.of("READ_RESULTS"), "SELECT " + call + " AS V FROM scope()"))
        .isEqualTo("{\"V\":null}");
    assertThat(log).containsExactly(name + ": PermissionDenied: Permission denied: [SERVER_ADMIN]");
    works("SELECT " + call + " AS V FROM scope()", "SERVER_ADMIN");
  }

  @ParameterizedTest
  @CsvSource({"C.a1,COLLECT_CLIENT", "server,COLLECT_SERVER"})
  void whoMayNotCollectIsNamed(String client, String permission) {
    String program =
        "SELECT collect_client(client_id='"
            + client
            + "', artifacts='Generic.Client.Info') AS V FROM scope()";
    assertThat(run(Set.of("READ_RESULTS"), program)).isEqualTo("{\"V\":null}");
    assertThat(log)
        .containsExactly(
            "collect_client: PermissionDenied: User kim is not allowed to launch flows "
                + permission
                + ".");
    works(program, permission);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "collect_client(client_id='C.a1', artifacts='Generic.Client.Info', flow_id='F.1') | COLLECT_CLIENT | SERVER_ADMIN",
        "collect_client(client_id='server', artifacts='Server.Clean', flow_id='F.1') | COLLECT_SERVER | SERVER_ADMIN",
        "hunt(artifacts='Generic.Client.Info', org_id='root')       | START_HUNT | ORG_ADMIN",
      })
  void someArgumentsNeedMore(String call, String permission, String more) {
    String name = call.substring(0, call.indexOf('('));
    String program = "SELECT " + call + " AS V FROM scope()";

    assertThat(run(Set.of(permission), program)).isEqualTo("{\"V\":null}");
    assertThat(log).containsExactly(name + ": PermissionDenied: Permission denied: [" + more + "]");
    log.clear();
    run(Set.of(permission, more), program);
    assertThat(log).noneMatch(line -> line.contains("PermissionDenied"));
  }

  @ParameterizedTest
  @CsvSource({"SERVER_ADMIN", "PUBLISH"})
  void eventsAreSentByEitherOfTwoPermissions(String permission) {
    String program =
        "SELECT send_event(artifact='Server.Audit.Logs', client_id='server', row=dict(a=1)) AS V FROM scope()";
    works(program, permission);
    assertThat(run(Set.of("READ_RESULTS"), program)).isEqualTo("{\"V\":null}");
    assertThat(log).containsExactly("send_event: PermissionDenied: Permission denied: [PUBLISH]");
  }

  @ParameterizedTest
  @CsvSource({"file", "auto", "file_nocase"})
  void filesOfTheMachineAreReadByPermission(String accessor) {
    String program =
        "SELECT read_file(filename='note.txt', accessor='" + accessor + "') AS V FROM scope()";
    Set<String> others = new LinkedHashSet<>(Principal.permissionNames());
    others.remove("FILESYSTEM_READ");

    assertThat(run(others, program)).isEqualTo("{\"V\":\"\"}");
    assertThat(log)
        .singleElement()
        .asString()
        .contains(
            "Accessor " + accessor + ": PermissionDenied: Permission denied: [FILESYSTEM_READ]");
    log.clear();
    assertThat(run(Set.of("FILESYSTEM_READ"), program)).isEqualTo("{\"V\":\"7\\n\"}");
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "glob(globs='*.txt', root='.')",
        "yara(files='note.txt', rules='rule A { strings: $a = \"7\" condition: $a }')",
        "yarax(files='note.txt', rules='rule A { strings: $a = \"7\" condition: $a }')",
      })
  void filesOfTheMachineAreSearchedByPermission(String call) {
    Set<String> others = new LinkedHashSet<>(Principal.permissionNames());
    others.remove("FILESYSTEM_READ");

    assertThat(run(others, "SELECT * FROM " + call)).isEmpty();
    assertThat(log)
        .isNotEmpty()
        .allMatch(line -> line.contains("PermissionDenied: Permission denied: [FILESYSTEM_READ]"));
    log.clear();
    assertThat(run(Set.of("FILESYSTEM_READ"), "SELECT * FROM " + call)).isNotEmpty();
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logging()"})
  void callsWithoutEndAreRefusedAtTheirBeginning(String call) {
    refused("SELECT * FROM " + call, call.substring(0, call.indexOf('(')), "SERVER_ADMIN", "");
  }

  /** A new declaration with a permission must be tried above. */
  @Test
  void everyCallThatNeedsAPermissionIsTried() {
    Set<String> tried = new TreeSet<>();
    for (Method method : PermissionsTest.class.getDeclaredMethods()) {
      CsvSource table = method.getAnnotation(CsvSource.class);
      ValueSource list = method.getAnnotation(ValueSource.class);
      List<String> lines = new ArrayList<>(table == null ? List.of() : List.of(table.value()));
      lines.addAll(list == null ? List.of() : List.of(list.strings()));
      lines.forEach(line -> tried.add(line.replaceFirst("\\(.*", "")));
    }
    tried.addAll(List.of("source", "parallelize", "collect_client", "send_event"));
    Library library = Vql.builder().build().library();
    Set<String> untried = new TreeSet<>();
    Stream.concat(
            library.functionNames().stream().map(library::functionSignature),
            library.pluginNames().stream().map(library::pluginSignature))
        .filter(signature -> !signature.permission().isEmpty())
        .forEach(signature -> untried.add(signature.name()));
    assertThat(untried).hasSizeGreaterThan(80);
    untried.removeAll(tried);
    assertThat(untried).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"data", "scope"})
  void whatIsNoFileOfTheMachineIsReadByAll(String accessor) {
    assertThat(
            run(
                Set.of(),
                "LET a <= '7' SELECT read_file(filename='a', accessor='"
                    + accessor
                    + "') AS V FROM scope()"))
        .contains("\"V\":\"");
    assertThat(log).isEmpty();
  }
}
