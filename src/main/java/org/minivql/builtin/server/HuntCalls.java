package org.minivql.builtin.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Origin;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Units;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** Making and changing hunts. */
final class HuntCalls {
  private static final Shape RESULT = Shape.of("HuntId", "Request");
  private static final long WEEK = 7 * 24 * 3600;

  private HuntCalls() {}

  @VqlFunction(
      name = "hunt",
      doc =
          "Starts a hunt. Returns {HuntId, Request}; in the request states and systems are numbers.",
      version = 3,
      permission = "START_HUNT")
  static Object hunt(
      CallContext call,
      @Arg(value = "The artifacts.", required = true) StringList artifacts,
      @Arg("What it is for.") String description,
      @Arg("Tags of the hunt.") StringList tags,
      @Arg("When it ends; a week from now if not given.") Object expires,
      @Arg("Parameters by artifact.") Object spec,
      @Arg("Seconds for each client.") long timeout,
      @Arg(value = "A limit.", name = "ops_per_sec") double opsPerSec,
      @Arg(value = "A limit in per cent.", name = "cpu_limit") double cpuLimit,
      @Arg(value = "A limit.", name = "iops_limit") double iopsLimit,
      @Arg(value = "A limit of rows.", name = "max_rows") long maxRows,
      @Arg(value = "A limit of uploaded bytes.", name = "max_bytes") long maxBytes,
      @Arg("Whether to make it without starting it.") boolean pause,
      @Arg(value = "Only clients with one of these.", name = "include_labels")
          StringList includeLabels,
      @Arg(value = "No clients with one of these.", name = "exclude_labels")
          StringList excludeLabels,
      @Arg("linux, windows or darwin; replaces the labels.") String os,
      @Arg(value = "The orgs; the current one if not given.", name = "org_id") StringList orgId) {
    ServerModel server = Access.server(call, "START_HUNT");
    List<Object> orgs = list(orgId);
    if (!orgs.isEmpty()) {
      Access.server(call, "ORG_ADMIN");
    }
    List<ServerModel> models =
        orgs.isEmpty()
            ? List.of(server)
            : orgs.stream().distinct().map(org -> server.orgs().model((String) org)).toList();
    Origin origin = Access.origin(call, server);
    Instant end = expiry(call, server, expires);
    Dict condition =
        condition(call, server, list(includeLabels), list(excludeLabels), os == null ? "" : os);
    if (artifacts.isEmpty()) {
      throw new ArgumentException("No artifacts to collect.");
    }
    Dict limits =
        Dict.of(
            "cpu_limit", cpuLimit,
            "iops_limit", iopsLimit,
            "timeout", timeout,
            "max_rows", maxRows,
            "max_upload_bytes", maxBytes,
            "ops_per_second", opsPerSec);
    Dict request = new Requests(call, server).request(artifacts, null, spec, limits);
    CollectCalls.checkRequired(Access.principal(call, server), server, artifacts);
    Dict.Builder hunt =
        Dict.builder()
            .set("expires", Units.micros(end))
            .set("hunt_description", description == null ? "" : description)
            .set("tags", list(tags))
            .set(
                "start_request", request.toBuilder().replace("creator", origin.principal()).build())
            .set("condition", condition)
            .set("artifacts", List.copyOf(artifacts))
            .set("artifact_sources", sources(server, artifacts))
            .set("state", pause ? "PAUSED" : "RUNNING")
            .set("org_ids", orgs)
            .set("hunt_id", server.hunts().freeId(models));
    Dict made = null;
    for (ServerModel org : models) {
      made = org.hunts().create(hunt.build(), origin);
    }
    return Dict.over(RESULT, made.get("hunt_id"), server.hunts().message(made));
  }

  private static List<Object> list(StringList strings) {
    return strings == null ? List.of() : List.copyOf(strings);
  }

  private static Instant expiry(CallContext call, ServerModel server, Object given) {
    Instant now = server.clock().instant();
    if (given == null || given == Absent.ABSENT) {
      return now.plusSeconds(WEEK);
    }
    Timestamp time = Times.parse(call.scope(), given);
    if (time == null) {
      throw new ArgumentException(
          "expiry time invalid: " + call.scope().operators().text(call.scope(), given));
    }
    if (time.instant().isBefore(now)) {
      throw new ArgumentException(
          "expiry time " + call.scope().operators().text(call.scope(), time) + " in the past");
    }
    return time.instant();
  }

  private static Dict condition(
      CallContext call, ServerModel server, List<Object> include, List<Object> exclude, String os) {
    if (!os.isEmpty()) {
      if (!List.of("windows", "linux", "darwin").contains(os)) {
        throw new ArgumentException(
            "OS condition invalid " + os + " (should be linux, windows, darwin)");
      }
      if (!include.isEmpty()) {
        call.log("Both OS and label conditions set, ignoring include label conditions");
      }
      if (!include.isEmpty() || !exclude.isEmpty()) {
        server
            .quirks()
            .warn(
                "Q-23",
                Access.origin(call, server).rule(),
                null,
                "hunt(os=) drops include_labels and exclude_labels; make a hunt by label instead");
      }
      return Dict.of("os", Dict.of("os", os.equals("darwin") ? "OSX" : os));
    }
    Dict.Builder condition = Dict.builder();
    if (!include.isEmpty()) {
      condition.set("labels", Dict.of("label", include));
    }
    if (!exclude.isEmpty()) {
      condition.set("excluded_labels", Dict.of("label", exclude));
    }
    return condition.build();
  }

  private static List<Object> sources(ServerModel server, List<String> artifacts) {
    List<Object> sources = new ArrayList<>();
    for (String name : artifacts) {
      ArtifactInfo info = server.artifacts().find(name);
      for (String source : info.sources()) {
        String full = source.isEmpty() ? name : name + "/" + source;
        if (!sources.contains(full)) {
          sources.add(full);
        }
      }
    }
    return sources;
  }

  @VqlFunction(
      name = "hunt_add",
      doc =
          "Takes a client into a hunt whatever its conditions. Returns the client id, or the new"
              + " flow id of a relaunch.",
      version = 2,
      permission = "START_HUNT")
  static Object huntAdd(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The hunt.", name = "hunt_id", required = true) String huntId,
      @Arg(value = "An existing flow to count as its part.", name = "flow_id") String flowId,
      @Arg("Whether to collect again from a client that took part.") boolean relaunch) {
    ServerModel server = Access.server(call, "START_HUNT");
    if (clientId.startsWith("server")) {
      throw new ArgumentException("The server can not participate in a hunt");
    }
    if (server.hunts().get(huntId) == null) {
      throw new ArgumentException("Hunt id not found " + huntId);
    }
    Origin origin = Access.origin(call, server);
    if (relaunch) {
      return server.hunts().relaunch(huntId, clientId, origin);
    }
    server
        .hunts()
        .add(huntId, clientId, flowId == null || flowId.isEmpty() ? null : flowId, origin);
    return clientId;
  }

  @VqlFunction(
      name = "hunt_update",
      doc =
          "Starts, stops, retitles or tags a hunt. Returns its id, or the tags where they change.",
      version = 2,
      permission = "START_HUNT")
  static Object huntUpdate(
      CallContext call,
      @Arg(value = "The hunt.", name = "hunt_id", required = true) String huntId,
      @Arg("Whether to stop it.") boolean stop,
      @Arg("Whether to start it.") boolean start,
      @Arg("A new description.") String description,
      @Arg("When it ends.") Timestamp expires,
      @Arg(value = "Tags to add.", name = "add_labels") StringList addLabels,
      @Arg(value = "Tags to remove.", name = "del_labels") StringList delLabels) {
    ServerModel server = Access.server(call, "START_HUNT");
    Origin origin = Access.origin(call, server);
    if (call.given("add_labels") || call.given("del_labels")) {
      server
          .quirks()
          .warn(
              "Q-24",
              origin.rule(),
              null,
              "hunt_update(add_labels=, del_labels=) edits the tags of the hunt, not labels");
      Dict hunt = server.hunts().get(huntId);
      Object tags = hunt == null ? List.of() : tags(hunt, list(addLabels), list(delLabels));
      Dict change = Dict.of("tags", tags);
      return server
          .hunts()
          .update(huntId, "tag", change, h -> h.toBuilder().replace("tags", tags).build(), origin)
          .get("tags");
    }
    if (description != null && !description.isEmpty() || expires != null) {
      Dict.Builder change = Dict.builder();
      if (description != null && !description.isEmpty()) {
        change.set("description", description);
      }
      if (expires != null) {
        change.set("expires", Units.micros(expires.instant()));
      }
      server
          .hunts()
          .update(huntId, "edit", change.build(), h -> edited(h, description, expires), origin);
    }
    if (start || stop) {
      String op = start ? "start" : "stop";
      Dict change = Dict.of("state", start ? "RUNNING" : "STOPPED");
      server.hunts().update(huntId, op, change, h -> server.hunts().started(h, start), origin);
    }
    return huntId;
  }

  private static List<Object> tags(Dict hunt, List<Object> add, List<Object> remove) {
    List<Object> tags = new ArrayList<>((List<?>) hunt.get("tags"));
    for (Object tag : add) {
      if (!tags.contains(tag)) {
        tags.add(tag);
      }
    }
    tags.removeAll(remove);
    return List.copyOf(tags);
  }

  private static Dict edited(Dict hunt, String description, Timestamp expires) {
    Dict.Builder out = hunt.toBuilder();
    if (description != null && !description.isEmpty()) {
      out.replace("hunt_description", description);
    }
    if (expires != null) {
      out.replace("expires", Units.micros(expires.instant()));
    }
    return out.build();
  }
}
