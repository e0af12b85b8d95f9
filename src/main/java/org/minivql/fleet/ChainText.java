package org.minivql.fleet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minivql.fleet.play.RunningRule;
import org.minivql.fleet.play.Trace;
import org.minivql.fleet.text.Shown;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Quirks;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Dict;

/** Puts into sentences what a rule did with an event. */
final class ChainText {
  private static final int SHOWN = 3;
  private static final int LONGEST_ROW = 200;

  private final RunningRule rule;
  private final Event event;
  private final List<Trace.Note> notes;
  private final ServerModel model;
  private final RuleLines lines;
  private final List<String> steps = new ArrayList<>();
  private boolean broken;

  ChainText(RunningRule rule, Event event, List<Trace.Note> notes, ServerModel model) {
    this.rule = rule;
    this.event = event;
    this.notes = notes;
    this.model = model;
    this.lines = new RuleLines(rule.request());
  }

  Why.Chain chain() {
    boolean changed = notes.stream().anyMatch(note -> note instanceof Trace.Changed);
    queue();
    readings();
    conditions();
    rows(changed);
    if (!changed) {
      failures();
    }
    return new Why.Chain(rule.name(), event, changed, steps, changed ? List.of() : hints());
  }

  /** What may be the reason, unless a step says so already. */
  private List<String> hints() {
    Set<String> hints = new LinkedHashSet<>();
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Condition condition
          && !condition.passed()
          && condition.hint() != null) {
        hints.add(condition.hint());
      } else if (note instanceof Trace.Met met
          && steps.stream().noneMatch(step -> step.endsWith("see " + met.warning().id()))) {
        hints.add(hint(met.warning()));
      }
    }
    return hints.stream().limit(SHOWN).toList();
  }

  /** A warning as a hint. */
  static String hint(Quirks.Warning warning) {
    String remedy = Remedies.of(warning.id());
    return warning.id() + ": " + warning.message() + (remedy.isEmpty() ? "" : ". " + remedy);
  }

  private void queue() {
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Condition condition && condition.queue()) {
        steps.add(sentence(condition, condition.passed() ? "passed" : "was false"));
        broken |= !condition.passed();
      }
    }
  }

  private void readings() {
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Reading reading) {
        String text =
            "source(artifact=\""
                + reading.read().artifact()
                + "\") read "
                + reading.read().rows()
                + (reading.read().rows() == 1 ? " row" : " rows");
        steps.add(reading.read().rows() > 0 ? text : text + " because " + missing(reading));
        broken |= reading.read().rows() == 0;
      }
    }
  }

  private String missing(Trace.Reading reading) {
    String flowId = reading.read().flowId();
    Dict flow = model.flows().get(reading.read().clientId(), flowId);
    if (flow == null) {
      return "there is no flow " + flowId + "; see Q-20";
    }
    List<?> names = (List<?>) flow.get("artifacts_with_results");
    String custom = "Custom." + reading.read().artifact();
    if (names.contains(custom)) {
      return "this flow's results are named " + custom + "; see Q-34";
    }
    if (reading.read().found()) {
      return "there was no row to take";
    }
    return names.contains(reading.read().artifact())
        ? "flow " + flowId + " names these results, but they are not there; see Q-20"
        : "flow " + flowId + " has results of " + names + " only; see Q-20";
  }

  private void conditions() {
    List<Select> done = new ArrayList<>();
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Condition condition
          && !condition.queue()
          && condition.select().where() != null
          && done.stream().noneMatch(select -> select == condition.select())) {
        done.add(condition.select());
        condition(condition);
      }
    }
  }

  private void condition(Trace.Condition first) {
    int passed = 0;
    List<String> failed = new ArrayList<>();
    Trace.Condition good = null;
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Condition c && c.select() == first.select()) {
        if (c.passed()) {
          passed++;
          good = good == null ? c : good;
        } else if (failed.size() < SHOWN) {
          failed.add(c.values());
        }
      }
    }
    if (good != null) {
      steps.add(sentence(good, passed == 1 ? "passed" : "passed for " + passed + " rows"));
    } else {
      steps.add(place(first) + " was false: " + String.join("; ", failed));
      broken = true;
    }
  }

  private String sentence(Trace.Condition condition, String how) {
    String values = condition.values().isEmpty() ? "" : ": " + condition.values();
    return place(condition) + " " + how + values;
  }

  private String place(Trace.Condition condition) {
    Select select = condition.select();
    String what =
        select.where() == null
            ? "FROM " + Printer.text(select.from())
            : "WHERE " + Printer.text(select.where());
    return lines.place(condition.line()) + ": " + what;
  }

  private void rows(boolean changed) {
    int rows = 0;
    Dict first = null;
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Row row) {
        rows++;
        first = first == null ? row.row() : first;
      } else if (note instanceof Trace.Changed c) {
        steps.add(place(c.change()) + change(c.change()));
      }
    }
    if (rows > 0 && !changed) {
      steps.add(
          (rows == 1 ? "a row came out" : rows + " rows came out")
              + ", but nothing of this client was changed: "
              + end(first));
    } else if (rows == 0 && !changed && !broken) {
      steps.add("no row came out");
    }
  }

  /** The last cells of a row: what a rule makes up itself stands there. */
  private static String end(Dict row) {
    Dict shown = row;
    while (shown.size() > 1 && Json.text(shown).length() > LONGEST_ROW) {
      shown = shown.toBuilder().remove(shown.shape().names().get(0)).build();
    }
    return Shown.json(shown);
  }

  private void failures() {
    notes.stream()
        .filter(Trace.Failed.class::isInstance)
        .map(note -> "a call failed: " + Shown.text(((Trace.Failed) note).message().strip()))
        .distinct()
        .limit(SHOWN)
        .forEach(steps::add);
  }

  private String place(Change change) {
    String line = lines.placeOf(change.kind().equals("label") ? "label" : "client_set_metadata");
    return line.isEmpty() ? "" : line + ": ";
  }

  /** What was changed, in words. */
  static String change(Change change) {
    String value =
        change.value() instanceof String text
            ? "\"" + Shown.text(text) + "\""
            : Shown.json(change.value());
    return change.kind()
        + " "
        + value
        + " "
        + (change.op().equals("remove") ? "removed" : change.op())
        + (change.effective() ? "" : ", which left the client as it was");
  }
}
