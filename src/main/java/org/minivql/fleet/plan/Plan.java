package org.minivql.fleet.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.format.Json;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Quirks;

/**
 * What a set of rules would change in a fleet, and why.
 *
 * @param changes the changes in the order in which they happened; of the payload of their events
 *     only the flow id is kept
 * @param clients the clients whose labels differ afterwards, by id
 * @param hosts the host names of the clients that changes are about
 * @param rules the rules in the order in which they were installed
 * @param warnings what an author might not expect
 * @param orderDependent whether the outcome depends on who handles a completion first
 * @param clientsTotal how many clients there are at the end
 * @param events how many events there were
 * @param loops whether rules that trigger each other had to be stopped
 * @param effects what would have reached out of the server, such as mails, each kind with its
 *     target and how often; it was recorded and not done
 * @since 0.1.0
 */
public record Plan(
    List<Change> changes,
    List<Client> clients,
    Map<String, String> hosts,
    List<RuleReport> rules,
    List<Quirks.Warning> warnings,
    boolean orderDependent,
    long clientsTotal,
    long events,
    boolean loops,
    Map<String, Long> effects) {
  /** Takes copies of the lists. */
  public Plan {
    changes = List.copyOf(changes);
    clients = List.copyOf(clients);
    hosts = Map.copyOf(hosts);
    rules = List.copyOf(rules);
    warnings = List.copyOf(warnings);
    effects = Collections.unmodifiableMap(new LinkedHashMap<>(effects));
  }

  /**
   * A client whose labels differ afterwards.
   *
   * @param clientId its id
   * @param hostname its name at the end; empty where it is not known
   * @param before its labels at the start
   * @param after its labels at the end
   */
  public record Client(String clientId, String hostname, List<String> before, List<String> after) {
    /** Takes copies of the lists. */
    public Client {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    /** The labels that were not there before. */
    public List<String> added() {
      return after.stream().filter(label -> !before.contains(label)).toList();
    }

    /** The labels that are not there any more. */
    public List<String> removed() {
      return before.stream().filter(label -> !after.contains(label)).toList();
    }
  }

  /** Whether rules trigger each other without end, or something failed in one. */
  public boolean failed() {
    return loops || rules.stream().anyMatch(rule -> !rule.failures().isEmpty());
  }

  /**
   * What became of each client that was changed, by id: {@code +label}, {@code -label}, and of
   * other changes kind, operation and value; sorted.
   */
  public Map<String, List<String>> outcomes() {
    Map<String, List<String>> outcomes = new TreeMap<>();
    for (Client client : clients) {
      client.added().forEach(label -> add(outcomes, client.clientId(), "+" + label));
      client.removed().forEach(label -> add(outcomes, client.clientId(), "-" + label));
    }
    for (Change change : changes) {
      if (change.clientId() != null && change.effective() && !change.kind().equals("label")) {
        add(
            outcomes,
            change.clientId(),
            change.kind() + " " + change.op() + " " + Json.text(change.value()));
      }
    }
    outcomes.values().forEach(list -> list.sort(null));
    return outcomes;
  }

  private static void add(Map<String, List<String>> outcomes, String client, String what) {
    outcomes.computeIfAbsent(client, id -> new ArrayList<>()).add(what);
  }

  /**
   * How a rule did.
   *
   * @param rule {@code Artifact} or {@code Artifact/Source}
   * @param eventsSeen the events it was given
   * @param eventsMatched those that passed the condition directly over the queue
   * @param rows the rows it yielded
   * @param errors the lines of its log that are errors
   * @param failures what failed, at whichever level it was logged, and how often; the first such
   *     messages
   * @param log its log, the first lines of it
   */
  public record RuleReport(
      String rule,
      long eventsSeen,
      long eventsMatched,
      long rows,
      long errors,
      Map<String, Long> failures,
      List<String> log) {
    /** Takes copies of the map and the list. */
    public RuleReport {
      failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
      log = List.copyOf(log);
    }

    /** This report and that of a later run of the same rule. */
    public RuleReport plus(RuleReport later) {
      Map<String, Long> failed = new LinkedHashMap<>(failures);
      later.failures.forEach((message, count) -> failed.merge(message, count, Long::sum));
      List<String> lines = new ArrayList<>(log);
      lines.addAll(later.log);
      return new RuleReport(
          rule,
          eventsSeen + later.eventsSeen,
          eventsMatched + later.eventsMatched,
          rows + later.rows,
          errors + later.errors,
          failed,
          lines);
    }
  }
}
