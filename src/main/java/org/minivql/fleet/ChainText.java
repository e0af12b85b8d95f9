package org.minivql.fleet;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Change;
import org.minivql.registry.Event;
import org.minivql.registry.ServerModel;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Dict;

/** Puts into sentences what a rule did with an event. */
final class ChainText {
  private static final int SHOWN = 3;

  private final RunningRule rule;
  private final Event event;
  private final List<Trace.Note> notes;
  private final ServerModel model;
  private final RuleLines lines;
  private final List<String> steps = new ArrayList<>();

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
    return new Why.Chain(rule.name(), event, changed, steps);
  }

  private void queue() {
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Condition condition && condition.queue()) {
        steps.add(sentence(condition, condition.passed() ? "passed" : "was false"));
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
    for (Trace.Note note : notes) {
      if (note instanceof Trace.Row) {
        rows++;
      } else if (note instanceof Trace.Changed c) {
        steps.add(place(c.change()) + change(c.change()));
      }
    }
    if (rows > 0 && !changed) {
      steps.add(
          (rows == 1 ? "a row came out" : rows + " rows came out")
              + ", but nothing of this client was changed");
    } else if (rows == 0 && !changed && steps.isEmpty()) {
      steps.add("no row came out");
    }
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
