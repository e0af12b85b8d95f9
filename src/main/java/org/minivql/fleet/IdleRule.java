package org.minivql.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.fleet.play.RunningRule;
import org.minivql.fleet.play.World;
import org.minivql.fleet.text.Shown;
import org.minivql.registry.Interrogation;
import org.minivql.registry.ServerModel;
import org.minivql.registry.flow.Flows;
import org.minivql.value.Dict;

/** Says why a rule had nothing to do with a client. */
final class IdleRule {
  private static final int SHOWN = 3;
  // What comes of flows that are completed.
  private static final Set<String> FOLLOWING =
      Set.of(Flows.COMPLETION, Interrogation.INTERROGATION);

  private final RunningRule rule;
  private final String clientId;
  private final Map<String, Integer> events;
  private final ServerModel model;

  /**
   * A rule that handled no event about the client.
   *
   * @param rule the rule
   * @param clientId the client
   * @param events how many events about the client each queue had
   * @param model the server
   */
  IdleRule(RunningRule rule, String clientId, Map<String, Integer> events, ServerModel model) {
    this.rule = rule;
    this.clientId = clientId;
    this.events = events;
    this.model = model;
  }

  Why.Chain chain() {
    List<String> steps = new ArrayList<>();
    List<String> queues = model.bus().watchedBy(rule.rule());
    if (!rule.ended() && !rule.skipped() && !events.isEmpty()) {
      List<String> counts = new ArrayList<>();
      events.forEach((queue, n) -> counts.add(queue + " " + n));
      steps.add("the events about this client: " + String.join(", ", counts));
    }
    rule.failures().stream()
        .limit(SHOWN)
        .forEach(line -> steps.add("a call failed: " + Shown.text(line.strip())));
    steps.add(end(queues));
    List<String> hints =
        model.quirks().warnings().stream()
            .filter(w -> rule.name().equals(w.rule()) && w.clientId() == null)
            .map(ChainText::hint)
            .toList();
    return new Why.Chain(rule.name(), null, false, steps, hints);
  }

  private String end(List<String> queues) {
    long seen = rule.rule().eventsSeen();
    if (rule.skipped()) {
      return "its precondition gave no row: it does not run";
    }
    if (rule.ended()) {
      return "its query had ended by itself after "
          + count(seen)
          + ", and a server does not start it again; see Q-36";
    }
    String reason = queues.stream().anyMatch(FOLLOWING::contains) ? waiting() : "";
    if (seen > 0) {
      return (seen == 1
              ? "the one event was not about this client"
              : "none of the " + seen + " events was about this client")
          + reason;
    }
    return queues.isEmpty()
        ? "it had no event"
        : "no event was sent to " + String.join(", ", queues) + ", which it watches" + reason;
  }

  /** The flows that the client never answered, as a reason. */
  private String waiting() {
    List<String> flows = new ArrayList<>();
    model
        .flows()
        .each(
            clientId,
            flow -> {
              if (World.isScheduled(flow)) {
                Object request = flow.get("request");
                Object artifacts = request instanceof Dict dict ? dict.get("artifacts") : null;
                flows.add(
                    flow.get("session_id")
                        + (artifacts instanceof List<?> names && !names.isEmpty()
                            ? " (" + Shown.text(String.valueOf(names.get(0))) + ")"
                            : ""));
              }
              return flows.size() < SHOWN;
            });
    return flows.isEmpty()
        ? ""
        : " because the client never answered "
            + (flows.size() == 1 ? "flow " : "flows ")
            + String.join(", ", flows);
  }

  private static String count(long n) {
    return n == 1 ? "1 event" : n + " events";
  }
}
