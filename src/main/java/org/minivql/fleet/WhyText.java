package org.minivql.fleet;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.fleet.text.Shown;
import org.minivql.format.Json;
import org.minivql.registry.event.Event;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/**
 * The answer to {@code vql why}, for people and as JSON.
 *
 * @since 0.1.0
 */
public final class WhyText {
  private static final int MOST_REPEATS = 3;

  private WhyText() {}

  /** Writes the answer for people. */
  public static void write(Why.Answer answer, Appendable out) throws IOException {
    out.append(answer.clientId());
    out.append(answer.hostname().isEmpty() ? "" : " (" + answer.hostname() + ")");
    if (!answer.known()) {
      out.append(" is not known: the fleet has no record of it and nothing made one");
    } else if (answer.label() != null) {
      out.append(answer.labelled() ? " has" : " does not have");
      out.append(" the label \"").append(answer.label()).append('"');
    }
    out.append('\n');
    out.append("  labels before: ").append(labels(answer.before())).append('\n');
    out.append("  labels after:  ").append(labels(answer.after())).append('\n');
    chains(answer, out);
    if (answer.otherOrder() != null) {
      out.append("\nOtherwise where a rule handles a completion before the server does:\n");
      out.append("  labels after:  ").append(labels(answer.otherOrder().after())).append('\n');
      chains(answer.otherOrder(), out);
    }
  }

  private static void chains(Why.Answer answer, Appendable out) throws IOException {
    if (answer.chains().isEmpty()) {
      String what = answer.label() == null ? "" : " and has to do with this label";
      out.append("\n  ! no rule runs").append(what).append('\n');
    }
    Map<List<Object>, Integer> repeats = new HashMap<>();
    for (Why.Chain chain : answer.chains()) {
      if (repeats.merge(repeated(chain), 1, Integer::sum) > MOST_REPEATS) {
        continue;
      }
      out.append('\n').append(chain.rule() == null ? "(server)" : chain.rule()).append('\n');
      if (chain.event() != null) {
        out.append("  ").append(event(chain.event())).append('\n');
      }
      for (int i = 0; i < chain.steps().size(); i++) {
        boolean end = i == chain.steps().size() - 1 && !chain.changed();
        out.append(end ? "  ! " : "  - ").append(chain.steps().get(i)).append('\n');
      }
      for (String hint : chain.hints()) {
        out.append("    ").append(hint).append('\n');
      }
    }
    int more = repeats.values().stream().mapToInt(n -> Math.max(0, n - MOST_REPEATS)).sum();
    if (more > 0) {
      out.append("\n… and ").append(String.valueOf(more));
      out.append(more == 1 ? " more event" : " more events").append(" with the same outcome\n");
    }
  }

  private static List<Object> repeated(Why.Chain chain) {
    return Arrays.asList(chain.rule(), chain.steps());
  }

  private static String labels(List<String> labels) {
    return labels.isEmpty()
        ? "(none)"
        : String.join(", ", labels.stream().map(Shown::text).toList());
  }

  private static String event(Event event) {
    Object flow = event.payload().get("FlowId");
    return event.queue()
        + " #"
        + event.seq()
        + " at "
        + at(event)
        + (flow instanceof String id ? ", flow " + id : "");
  }

  private static String at(Event event) {
    return new Timestamp(event.at(), ZoneOffset.UTC).rfc3339();
  }

  /**
   * The answer as JSON: {@code client_id}, {@code hostname}, {@code known}, {@code label}, {@code
   * labelled}, {@code labels_before}, {@code labels_after}, {@code chains}; where the outcome
   * depends on the order, {@code other_order} with such members.
   */
  public static String json(Why.Answer answer) {
    return Json.indented(dict(answer)) + "\n";
  }

  private static Dict dict(Why.Answer answer) {
    Dict dict =
        Dict.of(
            "client_id",
            answer.clientId(),
            "hostname",
            answer.hostname(),
            "known",
            answer.known(),
            "label",
            answer.label(),
            "labelled",
            answer.label() == null ? null : answer.labelled(),
            "labels_before",
            answer.before(),
            "labels_after",
            answer.after(),
            "chains",
            answer.chains().stream().map(WhyText::chain).toList());
    return answer.otherOrder() == null ? dict : dict.with("other_order", dict(answer.otherOrder()));
  }

  private static Dict chain(Why.Chain chain) {
    Event event = chain.event();
    Dict.Builder out = Dict.builder().set("rule", chain.rule());
    out.set(
        "event",
        event == null
            ? null
            : Dict.of("queue", event.queue(), "seq", event.seq(), "at", at(event)));
    if (event != null && event.payload().get("FlowId") instanceof String flow) {
      out.set("flow_id", flow);
    }
    return out.set("changed", chain.changed())
        .set("steps", chain.steps())
        .set("hints", chain.hints())
        .build();
  }
}
