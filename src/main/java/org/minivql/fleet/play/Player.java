package org.minivql.fleet.play;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactType;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.Step;
import org.minivql.registry.Modifications;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.registry.flow.Flows;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;

/** Lets happen what a script says, or else lets all recorded flows complete. */
public final class Player {
  /** Queues of client events that a server fills itself. */
  private static final Set<String> SENT_BY_SERVER = Set.of(Flows.COMPLETION, HostUploads.QUEUE);

  private final World world;
  private final Set<String> completed = new HashSet<>();
  private final Unanswered unanswered;

  public Player(World world) {
    this.world = world;
    this.unanswered = new Unanswered(world);
  }

  /** Plays everything. */
  public void play() {
    if (!world.source().script(this::step)) {
      completions();
    }
    unanswered.warn();
  }

  private void completions() {
    Completions completions = world.source().completions();
    for (int i = 0; i < completions.size(); i++) {
      Completions.Entry entry = completions.get(i);
      world.moveTo(
          Instant.ofEpochSecond(
              Math.floorDiv(entry.time(), 1_000_000L),
              Math.floorMod(entry.time(), 1_000_000L) * 1000));
      complete(entry.clientId(), entry.flowId());
      settle();
    }
  }

  private void complete(String clientId, String flowId) {
    if (world.overlay().flow(clientId, flowId) != null) {
      // What was recorded is how a flow of this id, scheduled since, came out.
      world.model().flows().restore(clientId, flowId);
    }
    Dict flow = world.model().flows().get(clientId, flowId);
    if (FlowTimes.number(flow, "total_uploaded_files") > 0) {
      world
          .model()
          .results()
          .uploads(
              clientId,
              flowId,
              row -> {
                HostUploads.tell(world, clientId, (Dict) row);
                return true;
              });
    }
    if (clientId.equals(ClientRecord.SERVER)) {
      world.model().flows().completeWhole(flow, Origin.SERVER);
    } else {
      world.model().flows().complete(flow, Origin.SERVER);
    }
  }

  private void step(Step step) {
    time(step);
    switch (step.action()) {
      case "advance" -> advance(step);
      case "enrol" -> {
        world.model().interrogation().enrol(step.text("client"));
        unanswered.enrolled(step);
      }
      case "complete" -> complete(step);
      case "label" -> label(step);
      case "metadata" -> metadata(step);
      case "event" -> event(step);
      case "client" -> client(step);
      case "artifact_set" -> artifactSet(step);
      case "restart" -> world.table().restart();
      case "collect" -> {
        Dict flow = (Dict) new ServerCall(world, step).run("collect_client", collection(step));
        unanswered.collected(step, (String) flow.get("flow_id"));
      }
      case "hunt" -> new ServerCall(world, step).run("hunt", step.dict("hunt"));
      case "table" -> table(step);
      case "checkin" -> checkIn(step);
      case "import" -> new ArchiveImport(world).run(file(step), step.textOr("client", ""), "");
      default -> throw new IllegalStateException(step.action());
    }
    settle();
  }

  private void settle() {
    world.runScheduled();
    world.table().sync();
    world.check();
  }

  private static Dict collection(Step step) {
    Dict.Builder arguments =
        Dict.builder()
            .set("client_id", step.text("client"))
            .set("artifacts", step.texts("artifacts"));
    for (String name : List.of("env", "spec", "timeout", "max_rows")) {
      if (step.details().has(name)) {
        arguments.set(name, step.details().get(name));
      }
    }
    return arguments.build();
  }

  private void table(Step step) {
    String which = step.text("which");
    Dict table = table(step, which);
    if (which.equals("server")) {
      try {
        world.model().tables().setServer(table, Origin.SERVER);
      } catch (ArgumentException e) {
        throw step.problem("failed: " + e.getMessage());
      }
    } else if (which.equals("client")) {
      world.model().tables().setClient(table, Origin.SERVER);
    } else {
      throw step.problem("says \"which\": \"server\" or \"client\", not " + which);
    }
  }

  /** The whole table, or just the artifacts that run: on clients, those for everyone. */
  private static Dict table(Step step, String which) {
    if (!step.details().has("artifacts")) {
      return step.dict("table");
    }
    Dict listed = Dict.of("artifacts", List.<Object>copyOf(step.texts("artifacts")));
    return which.equals("client") ? Dict.of("artifacts", listed) : listed;
  }

  private void time(Step step) {
    Object at = step.details().get("at");
    if (at == null) {
      return;
    }
    Instant time = FleetYaml.instant(at);
    if (time == null) {
      throw step.problem("has a time that is neither RFC 3339 nor epoch seconds: " + at);
    }
    if (time.isBefore(world.clock().instant())) {
      throw step.problem("goes back in time, from " + world.clock().instant() + " to " + time);
    }
    world.moveTo(time);
  }

  private void advance(Step step) {
    if (!(step.details().get("seconds") instanceof Number seconds) || seconds.doubleValue() < 0) {
      throw step.problem("needs \"seconds\", 0 or more");
    }
    long nanos = Math.round(seconds.doubleValue() * 1e9);
    world.moveTo(world.clock().instant().plus(Duration.ofNanos(nanos)));
  }

  private void complete(Step step) {
    String clientId = step.text("client");
    String flowId = step.text("flow");
    if (world.model().flows().get(clientId, flowId) == null
        && world.overlay().flow(clientId, flowId) == null) {
      throw step.problem("names a flow that is not recorded: " + clientId + " " + flowId);
    }
    boolean first = completed.add(clientId + "/" + flowId);
    if (first || Boolean.TRUE.equals(step.details().get("again"))) {
      complete(clientId, flowId);
    } else {
      world
          .model()
          .quirks()
          .warn(
              "W-AGAIN",
              null,
              clientId,
              "flow " + flowId + " was completed before; a server sends nothing the second time");
    }
  }

  private void checkIn(Step step) {
    String clientId = step.text("client");
    if (!world.model().clients().knows(clientId)) {
      String message =
          "step checkin (" + step.place() + ") is of a client that is not known: nothing happens";
      world.model().quirks().warn("W-UNKNOWN-CLIENT", null, clientId, message);
    }
    world.model().contacts().checkIn(clientId);
  }

  private void label(Step step) {
    String clientId = step.text("client");
    for (String label : step.texts("set")) {
      world.model().labels().set(clientId, label, Origin.SERVER);
    }
    for (String label : step.texts("remove")) {
      world.model().labels().remove(clientId, label, Origin.SERVER);
    }
  }

  private void metadata(Step step) {
    Dict set = step.dict("set");
    String clientId = step.text("client");
    if (!clientId.equals(ClientRecord.SERVER) && !world.model().clients().knows(clientId)) {
      throw step.problem("names a client that is not known: " + clientId);
    }
    world
        .model()
        .metadata()
        .update(
            clientId,
            before -> {
              Dict.Builder after = before.toBuilder();
              set.forEach(
                  (key, value) -> {
                    if (value == null) {
                      after.remove(key);
                    } else {
                      after.replace(key, String.valueOf(value));
                    }
                  });
              return after.build();
            },
            Origin.SERVER);
  }

  private void event(Step step) {
    String queue = step.text("artifact");
    Artifact artifact = world.repository().ofResult(queue);
    if (artifact == null || !artifact.type().queue()) {
      throw step.problem("names no queue: " + queue);
    }
    String clientId = step.textOr("client", ClientRecord.SERVER);
    Dict row = step.dict("row");
    if (artifact.type() == ArtifactType.CLIENT_EVENT && !row.has("ClientId")) {
      row = row.with("ClientId", clientId);
    }
    if (queue.equals(Flows.COMPLETION) && row.get("FlowId") instanceof String flowId) {
      completed.add(clientId + "/" + flowId);
    }
    boolean own =
        artifact.type() == ArtifactType.CLIENT_EVENT
            && !SENT_BY_SERVER.contains(queue)
            && !clientId.equals(ClientRecord.SERVER);
    Origin origin = own ? Origin.client(clientId) : Origin.SERVER;
    world.model().bus().publish(queue, clientId, row, origin);
  }

  private void client(Step step) {
    Dict record = step.dict("record");
    Dict fields =
        record.size() > 0 ? record : step.details().toBuilder().remove("do").remove("at").build();
    if (!(fields.get("client_id") instanceof String)) {
      throw step.problem("needs the record of a client, with its client_id");
    }
    world.model().clients().load(ClientRecord.of(fields));
  }

  private void artifactSet(Step step) {
    Artifact artifact = new FleetYaml(file(step)).artifact();
    world.redefine(artifact);
    Modifications.send(
        world.model(), artifact.name(), "set", "definition", artifact.definition(), Origin.SERVER);
  }

  /** A file named relative to the fleet. */
  private Path file(Step step) {
    Path file = step.file().orElseThrow();
    return world.source() instanceof FleetDirectory fleet ? fleet.root().resolve(file) : file;
  }
}
