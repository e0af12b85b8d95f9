package org.minivql.fleet;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.text.Shown;
import org.minivql.format.TableRows;
import org.minivql.registry.event.Change;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.Quirks;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/**
 * A plan for people: a table of changes, then the rules, the counts and the warnings.
 *
 * @since 0.1.0
 */
public final class PlanText {
  private static final int MOST_LINES = 20;
  private static final int MOST_REPEATS = 3;
  // A message that begins with a call keeps its small letter.
  private static final Pattern CALL = Pattern.compile("[a-z_]+\\(");

  private final Plan plan;
  private final Appendable out;
  private final int width;

  private PlanText(Plan plan, Appendable out, int width) {
    this.plan = plan;
    this.out = out;
    this.width = width;
  }

  /**
   * Writes a plan.
   *
   * @param width the columns of the terminal
   */
  public static void write(Plan plan, Appendable out, int width) throws IOException {
    PlanText text = new PlanText(plan, out, width);
    text.changes();
    text.rules();
    text.counts();
    text.effects();
    text.warnings();
  }

  private void changes() throws IOException {
    if (plan.changes().isEmpty()) {
      out.append("No changes.\n\n");
      return;
    }
    Map<List<Object>, Integer> repeats = new HashMap<>();
    try (TableRows table = new TableRows(out, width)) {
      table.begin();
      for (Change change : plan.changes()) {
        if (change.effective()
            || repeats.merge(repeated(change), 1, Integer::sum) <= MOST_REPEATS) {
          table.row(row(change));
        }
      }
      table.end();
    }
    int more = repeats.values().stream().mapToInt(n -> Math.max(0, n - MOST_REPEATS)).sum();
    if (more > 0) {
      out.append("… and ").append(count(more, "more change"));
      out.append(" without effect that repeat those above\n");
    }
    out.append('\n');
  }

  /** What is the same in changes that say nothing new: rules that re-trigger each other. */
  private static List<Object> repeated(Change change) {
    return Arrays.asList(
        change.at(),
        change.clientId(),
        change.kind(),
        change.op(),
        change.value(),
        change.origin().rule());
  }

  private Dict row(Change change) {
    Event event = change.origin().event();
    String rule = change.origin().rule();
    String flow = change.flowId();
    return Dict.of(
        "Time",
        new Timestamp(change.at(), ZoneOffset.UTC).rfc3339(),
        "Client",
        change.clientId() == null ? "" : change.clientId(),
        "Host",
        change.clientId() == null ? "" : plan.hosts().getOrDefault(change.clientId(), ""),
        "Change",
        what(change),
        "Rule",
        rule == null ? "(server)" : rule,
        "Event",
        event == null ? "" : event.queue() + " #" + event.seq() + (flow == null ? "" : " " + flow));
  }

  private static String what(Change change) {
    String value =
        change.value() instanceof String text ? Shown.text(text) : Shown.json(change.value());
    String done =
        change.kind().equals("label")
            ? (change.op().equals("remove") ? "-" : "+") + value
            : change.kind() + " " + change.op() + " " + value;
    return change.effective() ? done : done + " (no effect)";
  }

  private void rules() throws IOException {
    if (plan.rules().isEmpty()) {
      out.append(
          "No rule runs: none was named, and the server event table lists none that is known.\n");
    }
    for (Plan.RuleReport rule : plan.rules()) {
      out.append("Rule ").append(rule.rule()).append(": ");
      out.append(count(rule.eventsSeen(), "event")).append(" seen, ");
      out.append(String.valueOf(rule.eventsMatched())).append(" matched, ");
      out.append(count(rule.rows(), "row")).append(", ");
      out.append(count(rule.errors(), "error")).append('\n');
      List<String> lines = new ArrayList<>();
      rule.failures()
          .forEach((line, n) -> lines.add(n == 1 ? line : line.strip() + " (" + n + " times)"));
      if (rule.rows() == 0) {
        rule.log().stream()
            .filter(line -> !line.startsWith("server_monitoring: "))
            .filter(line -> !rule.failures().containsKey(line))
            .forEach(lines::add);
      }
      log(lines);
    }
  }

  private void log(List<String> lines) throws IOException {
    for (String line : lines.subList(0, Math.min(lines.size(), MOST_LINES))) {
      out.append("  ").append(Shown.text(line.strip())).append('\n');
    }
    if (lines.size() > MOST_LINES) {
      out.append("  … and ").append(String.valueOf(lines.size() - MOST_LINES)).append(" more\n");
    }
  }

  private void counts() throws IOException {
    Map<String, Integer> added = new TreeMap<>();
    Map<String, Integer> removed = new TreeMap<>();
    for (Plan.Client client : plan.clients()) {
      client.added().forEach(label -> added.merge(label, 1, Integer::sum));
      client.removed().forEach(label -> removed.merge(label, 1, Integer::sum));
    }
    out.append(String.valueOf(plan.clients().size())).append(" of ");
    out.append(count(plan.clientsTotal(), "client")).append(" with other labels than before; ");
    out.append(count(plan.changes().size(), "change")).append(", ");
    long effective = plan.changes().stream().filter(Change::effective).count();
    out.append(String.valueOf(effective)).append(" effective; ");
    out.append(count(plan.events(), "event")).append('\n');
    counts("+", added);
    counts("-", removed);
    if (plan.orderDependent()) {
      out.append(
          "The outcome depends on whether the server or a rule handles a completion first.\n");
    }
  }

  private void counts(String sign, Map<String, Integer> labels) throws IOException {
    for (Map.Entry<String, Integer> label : labels.entrySet()) {
      out.append("  ").append(sign).append(Shown.text(label.getKey())).append(": ");
      out.append(count(label.getValue(), "client")).append('\n');
    }
  }

  private void effects() throws IOException {
    if (!plan.effects().isEmpty()) {
      out.append("What reaches out of the server was recorded and not done:\n");
      List<String> lines = new ArrayList<>();
      plan.effects().forEach((what, n) -> lines.add(n == 1 ? what : what + " (" + n + " times)"));
      log(lines);
    }
  }

  private void warnings() throws IOException {
    for (Quirks.Warning warning : plan.warnings()) {
      out.append("Warning ").append(warning(warning)).append('\n');
    }
  }

  /** A warning in one line: its id, how often and whom it concerns, what it is and the remedy. */
  public static String warning(Quirks.Warning warning) {
    StringBuilder text = new StringBuilder(warning.id());
    List<String> about = about(warning);
    if (!about.isEmpty()) {
      text.append(" (").append(String.join(", ", about)).append(')');
    }
    text.append(": ").append(sentence(warning.message()));
    String remedy = Remedies.of(warning.id());
    return text.append(remedy.isEmpty() ? "" : " " + remedy).toString();
  }

  private static List<String> about(Quirks.Warning warning) {
    List<String> about = new ArrayList<>();
    if (warning.count() > 1) {
      about.add(warning.count() + " times");
    }
    if (warning.rule() != null) {
      about.add(warning.rule());
    }
    if (warning.clientId() != null) {
      about.add((warning.count() > 1 ? "first " : "") + warning.clientId());
    }
    return about;
  }

  private static String sentence(String message) {
    String text =
        CALL.matcher(message).lookingAt()
            ? message
            : Character.toUpperCase(message.charAt(0)) + message.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
