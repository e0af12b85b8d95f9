package org.minivql.fleet.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.minivql.format.Json;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Quirks;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/**
 * A plan as one JSON object.
 *
 * @since 0.1.0
 */
public final class PlanJson {
  private PlanJson() {}

  /** The object, indented, with a line end. */
  public static String text(Plan plan) {
    StringBuilder out = new StringBuilder();
    try {
      write(plan, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** Writes the object, indented, with a line end, one change after the other. */
  public static void write(Plan plan, Appendable out) throws IOException {
    out.append("{\n");
    list("changes", plan.changes(), PlanJson::change, out);
    list("clients", plan.clients(), PlanJson::client, out);
    list("rules", plan.rules(), PlanJson::rule, out);
    list("warnings", plan.warnings(), PlanJson::warning, out);
    out.append(" \"order_dependent\": ").append(String.valueOf(plan.orderDependent()));
    out.append("\n}\n");
  }

  private static <T> void list(String name, List<T> items, Function<T, Dict> dict, Appendable out)
      throws IOException {
    out.append(" \"").append(name).append("\": [");
    String before = "\n  ";
    for (T item : items) {
      // Line ends within strings are escaped: those that are left are between members.
      out.append(before).append(Json.indented(dict.apply(item)).replace("\n", "\n  "));
      before = ",\n  ";
    }
    out.append(items.isEmpty() ? "],\n" : "\n ],\n");
  }

  /**
   * The object: {@code changes}, {@code clients}, {@code rules}, {@code warnings}, {@code
   * order_dependent}.
   */
  public static Dict dict(Plan plan) {
    return Dict.of(
        "changes",
        plan.changes().stream().map(PlanJson::change).toList(),
        "clients",
        plan.clients().stream().map(PlanJson::client).toList(),
        "rules",
        plan.rules().stream().map(PlanJson::rule).toList(),
        "warnings",
        plan.warnings().stream().map(PlanJson::warning).toList(),
        "order_dependent",
        plan.orderDependent());
  }

  private static Dict change(Change change) {
    Dict.Builder out =
        Dict.builder()
            .set("seq", change.seq())
            .set("at", new Timestamp(change.at(), ZoneOffset.UTC).rfc3339())
            .set("client_id", change.clientId())
            .set("kind", change.kind())
            .set("op", change.op())
            .set("value", change.value())
            .set("effective", change.effective())
            .set("rule", change.origin().rule());
    if (change.flowId() != null) {
      out.set("flow_id", change.flowId());
    }
    Event event = change.origin().event();
    out.set("event", event == null ? null : Dict.of("queue", event.queue(), "seq", event.seq()));
    return out.build();
  }

  private static Dict client(Plan.Client client) {
    return Dict.of(
        "client_id",
        client.clientId(),
        "hostname",
        client.hostname(),
        "labels_before",
        client.before(),
        "labels_after",
        client.after(),
        "added",
        client.added(),
        "removed",
        client.removed());
  }

  private static Dict rule(Plan.RuleReport rule) {
    return Dict.of(
        "rule",
        rule.rule(),
        "events_seen",
        rule.eventsSeen(),
        "events_matched",
        rule.eventsMatched(),
        "rows",
        rule.rows(),
        "errors",
        rule.errors(),
        "log",
        rule.log());
  }

  private static Dict warning(Quirks.Warning warning) {
    Dict.Builder out = Dict.builder().set("id", warning.id());
    if (warning.rule() != null) {
      out.set("rule", warning.rule());
    }
    if (warning.clientId() != null) {
      out.set("client_id", warning.clientId());
    }
    return out.set("count", warning.count()).set("message", warning.message()).build();
  }
}
