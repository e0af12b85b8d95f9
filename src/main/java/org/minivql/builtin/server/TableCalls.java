package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.registry.Access;
import org.minivql.registry.EventTables;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Forms;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;

/** The tables of artifacts that run for ever. */
final class TableCalls {
  private TableCalls() {}

  @VqlFunction(
      name = "get_client_monitoring",
      doc = "The client event table: version (ns), artifacts, label_events.",
      permission = "READ_RESULTS")
  static Object getClientMonitoring(CallContext call) {
    EventTables tables = Access.server(call, "READ_RESULTS").tables();
    return tables.message(tables.client());
  }

  @VqlFunction(
      name = "get_server_monitoring",
      doc = "The server event table: artifacts, specs.",
      permission = "READ_RESULTS")
  static Object getServerMonitoring(CallContext call) {
    EventTables tables = Access.server(call, "READ_RESULTS").tables();
    return tables.serverMessage(tables.server());
  }

  @VqlFunction(
      name = "set_client_monitoring",
      doc = "Replaces the client event table, which it returns.",
      permission = "COLLECT_CLIENT")
  static Object setClientMonitoring(
      CallContext call,
      @Arg(value = "The table as a dict or as JSON.", required = true) Object value) {
    ServerModel server = Access.server(call, "COLLECT_CLIENT");
    Dict table = Forms.CLIENT_TABLE.expand(dict(value));
    checkKnown(server, table.get("artifacts"));
    for (Object group : (List<?>) table.get("label_events")) {
      checkKnown(server, ((Dict) group).get("artifacts"));
    }
    return server.tables().message(server.tables().setClient(table, Access.origin(call, server)));
  }

  private static void checkKnown(ServerModel server, Object group) {
    for (Object name : (List<?>) ((Dict) group).get("artifacts")) {
      if (server.artifacts().find(String.valueOf(name)) == null) {
        throw new ArgumentException("ClientEventTable: Artifact " + name + " not known");
      }
    }
  }

  @VqlFunction(
      name = "set_server_monitoring",
      doc = "Replaces the server event table, which it returns.",
      permission = "COLLECT_SERVER")
  static Object setServerMonitoring(
      CallContext call,
      @Arg(value = "The table as a dict or as JSON.", required = true) Object value) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    Dict table = server.tables().setServer(dict(value), Access.origin(call, server));
    return server.tables().serverMessage(table);
  }

  private static Dict dict(Object value) {
    Object parsed = value;
    if (value instanceof String text) {
      try {
        parsed = Json.parse(text);
      } catch (FormatException e) {
        throw new ArgumentException(e.getMessage());
      }
    }
    if (parsed instanceof Dict dict) {
      return dict;
    }
    if (parsed instanceof Members members) {
      Dict.Builder out = Dict.builder();
      members.memberNames().forEach(name -> out.set(name, members.member(name)));
      return out.build();
    }
    throw new ArgumentException("value should be a dict or JSON");
  }

  @VqlFunction(
      name = "add_client_monitoring",
      doc = "Adds an artifact to the client event table, for everyone or for a label; returns it.",
      permission = "COLLECT_CLIENT")
  static Object addClientMonitoring(
      CallContext call,
      @Arg(value = "The artifact.", required = true) String artifact,
      @Arg("Its parameters; the values are strings.") Object parameters,
      @Arg("Only clients with this label.") String label) {
    ServerModel server = Access.server(call, "COLLECT_CLIENT");
    check(server, artifact, "CLIENT_EVENT", "client");
    Dict spec = spec(call, server, artifact, parameters);
    return changeClient(call, server, label, table -> EventTables.add(table, artifact, spec), true);
  }

  @VqlFunction(
      name = "rm_client_monitoring",
      doc = "Removes an artifact from the client event table, which it returns.",
      permission = "COLLECT_CLIENT")
  static Object rmClientMonitoring(
      CallContext call,
      @Arg(value = "The artifact.", required = true) String artifact,
      @Arg("The label it is listed for.") String label) {
    ServerModel server = Access.server(call, "COLLECT_CLIENT");
    return changeClient(call, server, label, table -> EventTables.remove(table, artifact), false);
  }

  private static Object changeClient(
      CallContext call,
      ServerModel server,
      String label,
      UnaryOperator<Dict> change,
      boolean create) {
    Dict table = server.tables().client();
    Dict next;
    if (label == null || label.isEmpty() || label.equals("all")) {
      Dict group = change.apply((Dict) table.get("artifacts"));
      next = table.toBuilder().replace("artifacts", group).build();
    } else {
      List<Object> groups = groups((List<?>) table.get("label_events"), label, change, create);
      next = table.toBuilder().replace("label_events", groups).build();
    }
    return server.tables().message(server.tables().setClient(next, Access.origin(call, server)));
  }

  private static List<Object> groups(
      List<?> before, String label, UnaryOperator<Dict> change, boolean create) {
    List<Object> groups = new ArrayList<>();
    boolean found = false;
    for (Object item : before) {
      Dict group = (Dict) item;
      if (group.get("label").equals(label)) {
        found = true;
        Dict artifacts = change.apply((Dict) group.get("artifacts"));
        group = group.toBuilder().replace("artifacts", artifacts).build();
      }
      groups.add(group);
    }
    if (!found && create) {
      groups.add(
          Dict.of(
              "label",
              label,
              "artifacts",
              change.apply(Dict.of("artifacts", List.of(), "specs", List.of()))));
    }
    return groups;
  }

  @VqlFunction(
      name = "add_server_monitoring",
      doc = "Adds an artifact to the server event table, which it returns.",
      permission = "COLLECT_SERVER")
  static Object addServerMonitoring(
      CallContext call,
      @Arg(value = "The artifact.", required = true) String artifact,
      @Arg("Its parameters; the values are strings.") Object parameters) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    check(server, artifact, "SERVER_EVENT", "server");
    Dict spec = spec(call, server, artifact, parameters);
    Dict table = EventTables.add(server.tables().server(), artifact, spec);
    return server
        .tables()
        .serverMessage(server.tables().setServer(table, Access.origin(call, server)));
  }

  @VqlFunction(
      name = "rm_server_monitoring",
      doc = "Removes an artifact from the server event table, which it returns.",
      permission = "COLLECT_SERVER")
  static Object rmServerMonitoring(
      CallContext call, @Arg(value = "The artifact.", required = true) String artifact) {
    ServerModel server = Access.server(call, "COLLECT_SERVER");
    Dict table = EventTables.remove(server.tables().server(), artifact);
    return server
        .tables()
        .serverMessage(server.tables().setServer(table, Access.origin(call, server)));
  }

  private static void check(ServerModel server, String artifact, String type, String where) {
    ArtifactInfo info = server.artifacts().find(artifact);
    if (info == null) {
      throw new ArgumentException("artifact " + artifact + " not found");
    }
    if (!info.type().equals(type)) {
      throw new ArgumentException(
          "artifact " + artifact + " is not a " + where + " event artifact");
    }
  }

  private static Dict spec(
      CallContext call, ServerModel server, String artifact, Object parameters) {
    List<Object> env = new ArrayList<>();
    if (parameters != null && parameters != Absent.ABSENT) {
      if (!(parameters instanceof Dict dict)) {
        throw new ArgumentException("parameters should be a dict");
      }
      dict.forEach(
          (name, value) -> {
            if (!(value instanceof String)) {
              server
                  .quirks()
                  .warn(
                      "Q-28",
                      Rule.of(call.scope()).name(),
                      null,
                      "parameters of event tables must be strings, unlike those of collect_client(): "
                          + name);
              throw new ArgumentException("parameter " + name + " should has a string value");
            }
            env.add(Dict.of("key", name, "value", value, "comment", ""));
          });
    }
    return Dict.of("artifact", artifact, "parameters", Dict.of("env", env));
  }
}
