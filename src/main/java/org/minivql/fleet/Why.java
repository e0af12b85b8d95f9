package org.minivql.fleet;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactType;
import org.minivql.fleet.play.Rehearsal;
import org.minivql.fleet.play.RunningRule;
import org.minivql.fleet.play.Trace;
import org.minivql.fleet.play.World;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetSource;
import org.minivql.fleet.text.Shown;
import org.minivql.registry.Hunts;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.HuntLog;
import org.minivql.registry.record.Units;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/**
 * Explains what rules did to one client, or where they stopped short of it.
 *
 * @since 0.1.0
 */
public final class Why {
  private final FleetSource fleet;
  private final List<Artifact> rules;
  private final String clientId;
  private final String label;

  /**
   * A question.
   *
   * @param fleet the fleet
   * @param rules the rules to run beside those of the fleet's table
   * @param clientId the client
   * @param label the label to ask about, or null for all
   */
  public Why(FleetSource fleet, List<Artifact> rules, String clientId, String label) {
    this.fleet = fleet;
    this.rules = List.copyOf(rules);
    this.clientId = clientId;
    this.label = label;
  }

  /**
   * The answer.
   *
   * @param clientId the client
   * @param hostname its name, or empty
   * @param label the label asked about, or null
   * @param before its labels at the start
   * @param after its labels at the end
   * @param known whether there is such a client at the end
   * @param chains what each rule did with each event of the client
   * @param otherOrder the answer with the rules before the server, where the fleet asks for both
   *     orders and they differ; else null
   */
  public record Answer(
      String clientId,
      String hostname,
      String label,
      List<String> before,
      List<String> after,
      boolean known,
      List<Chain> chains,
      Answer otherOrder) {
    /** Takes copies of the lists. */
    public Answer {
      before = List.copyOf(before);
      after = List.copyOf(after);
      chains = List.copyOf(chains);
    }

    Answer withoutOther() {
      return new Answer(clientId, hostname, label, before, after, known, chains, null);
    }

    /** Whether the client has the label asked about at the end. */
    public boolean labelled() {
      return label != null && after.stream().anyMatch(l -> l.equalsIgnoreCase(label));
    }
  }

  /**
   * What a rule did with an event.
   *
   * @param rule the rule; null for what happened without one
   * @param event the event; null where the rule's queue had none about the client
   * @param changed whether it changed the client
   * @param steps what happened, one sentence each; the last one says where it ended
   * @param hints what may be the reason, where the client was not changed
   */
  public record Chain(
      String rule, Event event, boolean changed, List<String> steps, List<String> hints) {
    /** Takes copies of the lists. */
    public Chain {
      steps = List.copyOf(steps);
      hints = List.copyOf(hints);
    }

    static Chain broken(String rule, Event event, List<String> steps) {
      return new Chain(rule, event, false, steps, List.of());
    }
  }

  /** Plays the fleet and takes notes. */
  public Answer answer() {
    FleetConfig.Order order = fleet.config().order();
    if (order != FleetConfig.Order.BOTH) {
      return answer(order, null);
    }
    Answer other = answer(FleetConfig.Order.HANDLER_FIRST, null);
    Answer first = answer(FleetConfig.Order.SERVICE_FIRST, other);
    boolean same =
        label == null
            ? Set.copyOf(first.after()).equals(Set.copyOf(other.after()))
            : first.labelled() == other.labelled();
    return same ? first.withoutOther() : first;
  }

  private Answer answer(FleetConfig.Order order, Answer other) {
    Rehearsal run = new Rehearsal(fleet, rules);
    Trace trace = new Trace(clientId);
    try (World world = run.open(order)) {
      world.trace(trace);
      run.run(world);
      ClientRecord record = world.model().clients().get(clientId);
      return new Answer(
          clientId,
          record == null ? "" : record.text("hostname"),
          label,
          world.recorder().labelsBefore(clientId),
          after(world),
          record != null,
          chains(run, world, trace),
          other);
    }
  }

  private List<Chain> chains(Rehearsal run, World world, Trace trace) {
    Map<String, Map<Event, List<Trace.Note>>> byRule = new LinkedHashMap<>();
    world.table().all().forEach(rule -> byRule.put(rule.name(), new LinkedHashMap<>()));
    for (Trace.Note note : trace.notes()) {
      byRule
          .computeIfAbsent(note.rule(), rule -> new LinkedHashMap<>())
          .computeIfAbsent(note.event(), event -> new ArrayList<>())
          .add(note);
    }
    List<Chain> chains = new ArrayList<>();
    if (!world.model().clients().knows(clientId)) {
      namesakes(world, chains);
    }
    for (RunningRule rule : world.table().all()) {
      if (!speaksOf(rule)) {
        continue;
      }
      Map<Event, List<Trace.Note>> events = byRule.get(rule.name());
      events.forEach(
          (event, notes) -> chains.add(new ChainText(rule, event, notes, world.model()).chain()));
      if (events.isEmpty()) {
        chains.add(new IdleRule(rule, clientId, trace.events(), world.model()).chain());
      }
    }
    for (String name : run.undefined(world)) {
      String problem = "the server event table lists it, but nothing defines it: it is skipped";
      chains.add(Chain.broken(name, null, List.of(problem)));
    }
    for (String name : run.withoutQuery(world)) {
      String problem = "it has no query that can run; vql fleet check says what does not parse";
      chains.add(Chain.broken(name, null, List.of(problem)));
    }
    byServer(trace, chains);
    boolean has = after(world).stream().anyMatch(l -> l.equalsIgnoreCase(label));
    if (label == null || !has) {
      notInTable(world, chains);
      hunts(world, trace, chains);
    }
    return chains;
  }

  /** The clients that may be meant by an id that is none. */
  private void namesakes(World world, List<Chain> chains) {
    world
        .model()
        .clients()
        .each(
            client -> {
              if (client.text("hostname").equalsIgnoreCase(clientId)
                  || client.clientId().equalsIgnoreCase(clientId)) {
                String step =
                    "did you mean " + client.clientId() + " (" + client.text("hostname") + ")?";
                chains.add(Chain.broken(null, null, List.of(step)));
              }
              return true;
            });
  }

  private List<String> after(World world) {
    ClientRecord record = world.model().clients().get(clientId);
    return record == null ? List.of() : record.labels();
  }

  /** Artifacts that name the label, and do not run. */
  private void notInTable(World world, List<Chain> chains) {
    List<?> table = (List<?>) world.model().tables().server().get("artifacts");
    for (String name : world.repository().customNames()) {
      Artifact artifact = world.repository().get(name);
      if (label != null
          && artifact.type() == ArtifactType.SERVER_EVENT
          && !table.contains(name)
          && artifact.sources().stream().anyMatch(source -> quotes(source.query()))) {
        chains.add(
            Chain.broken(
                name, null, List.of("it is not in the server event table: it does not run")));
      }
    }
  }

  private boolean quotes(String query) {
    String text = query.toLowerCase(Locale.ROOT);
    String wanted = label.toLowerCase(Locale.ROOT);
    return text.contains("\"" + wanted + "\"") || text.contains("'" + wanted + "'");
  }

  private boolean names(String query) {
    return query.toLowerCase(Locale.ROOT).contains(label.toLowerCase(Locale.ROOT));
  }

  /** The hunts that the client does not take part in, and why. */
  private void hunts(World world, Trace trace, List<Chain> chains) {
    Hunts hunts = world.model().hunts();
    hunts.each(
        hunt -> {
          String huntId = (String) hunt.get("hunt_id");
          if (!hunts.took(huntId, clientId)) {
            String description = String.valueOf(hunt.get("hunt_description"));
            String name =
                "hunt "
                    + huntId
                    + (description.isEmpty() ? "" : " (" + Shown.text(description) + ")");
            boolean considered = false;
            for (HuntLog.Refusal refusal : trace.refusals()) {
              if (refusal.huntId().equals(huntId)) {
                considered = true;
                String step = name + " did not take the client: " + refusal.reason();
                chains.add(Chain.broken(null, refusal.event(), List.of(step)));
              }
            }
            if (!considered && !world.idleHunts().contains(huntId)) {
              chains.add(Chain.broken(null, null, List.of(name + unseen(world, hunt))));
            }
          }
          return true;
        });
  }

  /** Why a hunt did not even look at the client. */
  private static String unseen(World world, Dict hunt) {
    if (hunt.get("state").equals("RUNNING")) {
      return " never looked at the client: it did not check in, and no event of it makes a server"
          + " look";
    }
    boolean expired = Hunts.expires(hunt) < Units.micros(world.clock().instant());
    return " is " + hunt.get("state") + (expired ? ": it had expired" : "");
  }

  /** A label that the server itself or the script sets needs no rule. */
  private void byServer(Trace trace, List<Chain> chains) {
    Map<Event, List<String>> byEvent = new LinkedHashMap<>();
    for (Change change : trace.byServer()) {
      boolean asked =
          label == null || change.value() instanceof String value && value.equalsIgnoreCase(label);
      if (asked) {
        byEvent
            .computeIfAbsent(change.origin().event(), event -> new ArrayList<>())
            .add(ChainText.change(change) + (change.origin().event() == null ? at(change) : ""));
      }
    }
    byEvent.forEach((event, steps) -> chains.add(new Chain(null, event, true, steps, List.of())));
  }

  private static String at(Change change) {
    return " at " + new Timestamp(change.at(), ZoneOffset.UTC).rfc3339();
  }

  /** Whether a rule could set the label asked about: its text has it, or makes labels up. */
  private boolean speaksOf(RunningRule rule) {
    if (label == null) {
      return true;
    }
    String text = rule.request().queries().get(0).text();
    return names(text) || !text.toLowerCase(Locale.ROOT).contains("labels=\"");
  }
}
