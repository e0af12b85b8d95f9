package org.minivql.builtin.server;

import java.util.Set;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.client.Ids;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Event queues. */
final class EventCalls {
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "Server.Internal.Enrollment",
          "Server.Internal.Label",
          "Server.Internal.Notifications",
          "Server.Internal.Ping",
          "Server.Internal.Pong",
          "Server.Internal.FrontendMetrics",
          "Server.Internal.TimelineAdd",
          "System.Hunt.Participation");

  private EventCalls() {}

  @VqlPlugin(
      name = "watch_monitoring",
      doc =
          "The events of a queue from now on: the columns of the event, then _ts in seconds and"
              + " _Source. Never ends by itself.",
      permission = "READ_RESULTS",
      endless = true)
  static void watchMonitoring(
      Sink out,
      CallContext call,
      @Arg(
              value = "The queue: the artifact, with /source where the source has a name.",
              required = true)
          String artifact) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    Scope scope = call.scope();
    ArtifactInfo info = server.artifacts().findFull(artifact);
    if (info == null) {
      call.append("Artifact " + artifact + " not known");
      return;
    }
    if (!info.isEvent() && !info.isInternal()) {
      call.append("watch_monitoring only supports monitoring event artifacts");
      return;
    }
    Rule rule = Rule.of(scope);
    if (artifact.indexOf('/') < 0 && !info.sources().isEmpty() && !info.sources().contains("")) {
      server
          .quirks()
          .warn(
              "Q-21",
              rule.name(),
              null,
              "nothing is sent to the queue "
                  + artifact
                  + "; its sources have names, watch "
                  + artifact
                  + "/"
                  + info.sources().get(0));
    }
    if (PLACEHOLDERS.contains(artifact)) {
      server
          .quirks()
          .warn(
              "Q-10",
              rule.name(),
              null,
              "the queue "
                  + artifact
                  + " has no definition to look at; it is there as a hidden placeholder");
    }
    server.bus().watch(artifact, rule, scope::alive, out);
  }

  @VqlPlugin(
      name = "monitoring",
      doc = "Stored events in the order of their times, each with _ts in milliseconds.",
      permission = "READ_RESULTS")
  static void monitoring(
      Sink out,
      CallContext call,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId,
      @Arg(value = "The artifact, with /source if any.", required = true) String artifact,
      @Arg("The source.") String source,
      @Arg(value = "The first time wanted.", name = "start_time") Object startTime,
      @Arg(value = "The last time wanted.", name = "end_time") Object endTime,
      @Arg(value = "How many rows to skip.", name = "start_row") long startRow) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String queue = full(artifact, source);
    Stored.events(call, server, clientId, queue, startTime, endTime, startRow, out);
  }

  @VqlPlugin(
      name = "monitoring_logs",
      doc =
          "What event queries logged: client_time (s), level, message, _ts; of the server's"
              + " Timestamp, Level, Message, _ts, with a line every 120 seconds that a query runs.",
      permission = "READ_RESULTS")
  static void monitoringLogs(
      Sink out,
      CallContext call,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId,
      @Arg(value = "The artifact, with /source if any.", required = true) String artifact,
      @Arg("The source.") String source,
      @Arg(value = "The first time wanted.", name = "start_time") Object startTime,
      @Arg(value = "The last time wanted.", name = "end_time") Object endTime) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    server
        .eventLogs()
        .read(
            clientId,
            full(artifact, source),
            Stored.from(call, startTime),
            Stored.to(call, endTime),
            out);
  }

  private static String full(String artifact, String source) {
    return source == null || source.isEmpty() ? artifact : artifact + "/" + source;
  }

  @VqlPlugin(
      name = "delete_events",
      doc = "What would be removed of stored events: client_id, type, vfs_path, error.",
      columns = {"client_id", "type", "vfs_path", "error"},
      permission = "DELETE_RESULTS")
  static void deleteEvents(
      Sink out,
      CallContext call,
      @Arg(value = "The artifact, with /source if any.", required = true) String artifact,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId,
      @Arg(value = "The first time.", name = "start_time") Object startTime,
      @Arg(value = "The last time.", name = "end_time") Object endTime,
      @Arg(value = "Whether to remove them.", name = "really_do_it") boolean reallyDoIt) {
    ServerModel server = Access.server(call, "DELETE_RESULTS");
    Set<String> days =
        server
            .events()
            .remove(
                clientId,
                artifact,
                Stored.from(call, startTime),
                Stored.to(call, endTime),
                reallyDoIt);
    String folder =
        clientId.equals(ClientRecord.SERVER)
            ? "/server_artifacts/"
            : "/clients/" + clientId + "/monitoring/";
    for (String day : days) {
      if (!out.row(Stored.removed(clientId, "Events", folder + artifact + "/" + day + ".json"))) {
        break;
      }
    }
    if (reallyDoIt) {
      Dict details = Dict.of("client_id", clientId, "artifact", artifact);
      server.audit("DeleteEvents", details, Access.origin(call, server));
    }
  }

  @VqlFunction(
      name = "send_event",
      doc = "Sends a row to the queue of an event artifact and returns it.",
      version = 2,
      permission = "SERVER_ADMIN")
  static Object sendEvent(
      CallContext call,
      @Arg(value = "The queue.", required = true) String artifact,
      @Arg(value = "The event.", required = true) Dict row,
      @Arg(value = "The client it is about; server for a server event.", name = "client_id")
          String clientId) {
    ServerModel server = Access.server(call);
    if (!Access.principal(call, server).mayPublish(artifact)) {
      throw Access.denied("PUBLISH");
    }
    ArtifactInfo info = server.artifacts().findFull(artifact);
    if (info == null) {
      throw new ArgumentException("Artifact " + artifact + " not known");
    }
    Origin origin = Access.origin(call, server);
    checkReceiver(server, info, clientId == null ? "" : clientId, origin);
    server.bus().publish(artifact, clientId, row, origin);
    return row;
  }

  private static void checkReceiver(
      ServerModel server, ArtifactInfo info, String clientId, Origin origin) {
    switch (info.type()) {
      case "SERVER_EVENT" -> {
        if (!clientId.equals(ClientRecord.SERVER)) {
          server
              .quirks()
              .warn(
                  "Q-22",
                  origin.rule(),
                  null,
                  "send_event() to the server event artifact "
                      + info.name()
                      + " needs client_id=\"server\"");
          throw new ArgumentException("Only servers can write to a SERVER_EVENT artifact_type");
        }
      }
      case "CLIENT_EVENT" -> {
        String problem = Ids.problem(clientId);
        if (problem != null) {
          throw new ArgumentException(
              "Client ID invalid to write to a CLIENT artifact_type: " + problem);
        }
      }
      default ->
          throw new ArgumentException(
              "Can not write to the queue "
                  + info.name()
                  + " of type "
                  + info.type()
                  + ", only to event artifacts");
    }
  }
}
