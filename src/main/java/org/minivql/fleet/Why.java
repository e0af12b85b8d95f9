package org.minivql.fleet;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minivql.artifact.Artifact;
import org.minivql.registry.Change;
import org.minivql.registry.ClientRecord;
import org.minivql.registry.Event;
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
   */
  public record Answer(
      String clientId,
      String hostname,
      String label,
      List<String> before,
      List<String> after,
      boolean known,
      List<Chain> chains) {
    /** Takes copies of the lists. */
    public Answer {
      before = List.copyOf(before);
      after = List.copyOf(after);
      chains = List.copyOf(chains);
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
   */
  public record Chain(String rule, Event event, boolean changed, List<String> steps) {
    /** Takes a copy of the list. */
    public Chain {
      steps = List.copyOf(steps);
    }
  }

  /** Plays the fleet and takes notes. */
  public Answer answer() {
    FleetConfig.Order order = fleet.config().order();
    DryRun run = new DryRun(fleet, rules);
    Trace trace = new Trace(clientId);
    try (World world =
        run.open(order == FleetConfig.Order.BOTH ? FleetConfig.Order.SERVICE_FIRST : order)) {
      world.trace(trace);
      run.run(world);
      ClientRecord record = world.model().clients().get(clientId);
      return new Answer(
          clientId,
          record == null ? "" : record.text("hostname"),
          label,
          world.recorder().labelsBefore(clientId),
          record == null ? List.of() : record.labels(),
          record != null,
          chains(run, world, trace));
    }
  }

  private List<Chain> chains(DryRun run, World world, Trace trace) {
    Map<String, Map<Event, List<Trace.Note>>> byRule = new LinkedHashMap<>();
    world.table().running().forEach(rule -> byRule.put(rule.name(), new LinkedHashMap<>()));
    for (Trace.Note note : trace.notes()) {
      byRule
          .computeIfAbsent(note.rule(), rule -> new LinkedHashMap<>())
          .computeIfAbsent(note.event(), event -> new ArrayList<>())
          .add(note);
    }
    List<Chain> chains = new ArrayList<>();
    for (RunningRule rule : world.table().running()) {
      if (!speaksOf(rule)) {
        continue;
      }
      Map<Event, List<Trace.Note>> events = byRule.get(rule.name());
      events.forEach(
          (event, notes) -> chains.add(new ChainText(rule, event, notes, world.model()).chain()));
      if (events.isEmpty()) {
        chains.add(
            new Chain(
                rule.name(),
                null,
                false,
                List.of(
                    "none of the " + rule.rule().eventsSeen() + " events was about this client")));
      }
    }
    for (String name : run.undefined(world)) {
      String problem = "the server event table lists it, but nothing defines it: it is skipped";
      chains.add(new Chain(name, null, false, List.of(problem)));
    }
    byServer(trace, chains);
    return chains;
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
    byEvent.forEach((event, steps) -> chains.add(new Chain(null, event, true, steps)));
  }

  private static String at(Change change) {
    return " at " + new Timestamp(change.at(), ZoneOffset.UTC).rfc3339();
  }

  /** Whether a rule could set the label asked about: its text has it, or makes labels up. */
  private boolean speaksOf(RunningRule rule) {
    if (label == null) {
      return true;
    }
    String text = rule.request().queries().get(0).text().toLowerCase(Locale.ROOT);
    return text.contains(label.toLowerCase(Locale.ROOT)) || !text.contains("labels=\"");
  }
}
