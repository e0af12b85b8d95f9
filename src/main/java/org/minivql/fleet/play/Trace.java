package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.fleet.text.Seen;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.HuntLog;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.event.ReadLog;
import org.minivql.syntax.tree.Select;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** Takes notes of what rules do with the events of one client. */
public final class Trace {
  private static final int MOST = 100_000;

  private final String clientId;
  private final List<Note> notes = new ArrayList<>();
  private final List<Change> byServer = new ArrayList<>();
  private final List<HuntLog.Refusal> refusals = new ArrayList<>();
  private final Map<String, Integer> events = new TreeMap<>();

  public Trace(String clientId) {
    this.clientId = clientId;
  }

  /** One thing that happened while a rule handled an event. */
  public sealed interface Note {
    /** The rule. */
    String rule();

    /** The event it was handling. */
    Event event();
  }

  /**
   * A condition was evaluated for a row.
   *
   * @param line the line of the rule's query, from 1
   * @param select the SELECT that it belongs to
   * @param queue whether the SELECT is directly over a queue
   * @param passed whether it was true
   * @param values the values it looked at
   * @param hint what may be wrong with it, or null
   */
  public record Condition(
      String rule,
      Event event,
      int line,
      Select select,
      boolean queue,
      boolean passed,
      String values,
      String hint)
      implements Note {}

  /** A result set was read. */
  public record Reading(String rule, Event event, ReadLog.Read read) implements Note {}

  /** A row came out of the rule. */
  public record Row(String rule, Event event, Dict row) implements Note {}

  /** A call failed or was refused. */
  public record Failed(String rule, Event event, String message) implements Note {}

  /** Something unexpected of the server's was met. */
  public record Met(String rule, Event event, Quirks.Warning warning) implements Note {}

  /** Something was changed. */
  public record Changed(String rule, Event event, Change change) implements Note {}

  String clientId() {
    return clientId;
  }

  public List<Note> notes() {
    return notes;
  }

  /** What became of the client without any rule. */
  public List<Change> byServer() {
    return byServer;
  }

  /** Whether a rule is handling an event of the client. */
  private boolean wanted(Event event) {
    return event != null && event.clientId().equals(clientId) && notes.size() < MOST;
  }

  void condition(
      RunningRule rule, String text, Select select, boolean queue, boolean passed, Scope scope) {
    Event event = rule.rule().current();
    if (wanted(event)) {
      int at = (select.where() == null ? select.from().span() : select.where().span()).start();
      int line = line(text, at);
      Seen seen = Seen.of(select.where(), scope);
      notes.add(
          new Condition(rule.name(), event, line, select, queue, passed, seen.text(), seen.hint()));
    }
  }

  void read(ReadLog.Read read) {
    if (read.rule() != null && wanted(read.event())) {
      notes.add(new Reading(read.rule(), read.event(), read));
    }
  }

  void row(RunningRule rule, Dict row) {
    Event event = rule.rule().current();
    if (wanted(event)) {
      notes.add(new Row(rule.name(), event, row));
    }
  }

  void failed(RunningRule rule, String message) {
    Event event = rule.rule().current();
    if (wanted(event)) {
      notes.add(new Failed(rule.name(), event, message));
    }
  }

  /** Takes a note of a warning about the client that a rule is the reason of. */
  void met(Quirks.Warning warning, Event event) {
    if (warning.rule() != null && wanted(event)) {
      notes.add(new Met(warning.rule(), event, warning));
    }
  }

  void refusal(HuntLog.Refusal refusal) {
    if (refusal.clientId().equals(clientId)) {
      refusals.add(refusal);
    }
  }

  /** Why the client was not let into hunts, in order. */
  public List<HuntLog.Refusal> refusals() {
    return refusals;
  }

  void event(Event event) {
    if (event.clientId().equals(clientId)) {
      events.merge(event.queue(), 1, Integer::sum);
    }
  }

  /** How many events about the client each queue had. */
  public Map<String, Integer> events() {
    return events;
  }

  void change(Change change) {
    Event event = change.origin().event();
    if (!clientId.equals(change.clientId())) {
      return;
    }
    if (change.origin().rule() == null) {
      byServer.add(change);
    } else if (event != null) {
      notes.add(new Changed(change.origin().rule(), event, change));
    }
  }

  public static int line(String text, int offset) {
    int line = 1;
    for (int i = 0; i < offset && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }
}
