package org.minivql.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.sigma.event.Fields;
import org.minivql.sigma.reader.Host;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.LocatedYaml;
import org.minivql.sigma.reader.Notes;
import org.minivql.sigma.reader.RuleException;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Values;

/** Sigma rules, compiled for one run. */
public final class RuleSet {
  private final Host host;
  private final Options options;
  private final Fields fields;
  private final List<Rule> rules = new ArrayList<>();
  private int read;

  private RuleSet(Host host, Options options) {
    this.host = host;
    this.options = options;
    this.fields = new Fields(options.fieldMapping());
  }

  /**
   * Reads rules. One that cannot be used is reported to the host, by the name of its text, line,
   * column and title, and left out.
   *
   * @param scope what the rule filter sees
   * @param texts YAML, each with one or more documents
   * @param names what to call each text in messages; a text without a name is called by its number
   */
  public static RuleSet compile(
      Scope scope, Host host, List<String> texts, List<String> names, Options options) {
    RuleSet set = new RuleSet(host, options);
    RuleReader reader = new RuleReader(set.fields, host, options.standard());
    for (int i = 0; i < texts.size(); i++) {
      String name = i < names.size() ? names.get(i) : "rules[" + i + "]";
      set.readText(scope, reader, texts.get(i), name);
    }
    set.checkCorrelations();
    return set;
  }

  private void readText(Scope scope, RuleReader reader, String text, String file) {
    int line = 1;
    // Editors on Windows mark files as UTF-8 with a character that YAML does not expect.
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    StringBuilder document = new StringBuilder();
    int first = 1;
    for (String one : unmarked.split("\n", -1)) {
      if (one.stripTrailing().equals("---")) {
        readDocument(scope, reader, document.toString(), file, first);
        document.setLength(0);
        first = line + 1;
      } else {
        document.append(one).append('\n');
      }
      line++;
    }
    readDocument(scope, reader, document.toString(), file, first);
  }

  private void readDocument(
      Scope scope, RuleReader reader, String text, String file, int firstLine) {
    if (text.isBlank()) {
      return;
    }
    String title = guessTitle(text);
    try {
      Located document = LocatedYaml.read(text, firstLine);
      if (document == null) {
        return;
      }
      read++;
      title = RuleReader.title(document).isEmpty() ? title : RuleReader.title(document);
      Rule rule = reader.read(document, file);
      if (kept(scope, rule)) {
        rules.add(rule);
      }
    } catch (RuleException e) {
      host.problem(Notes.problem(file, e, title));
    }
  }

  /** The title of a text that may not even be YAML. */
  private static String guessTitle(String text) {
    return text.lines()
        .filter(line -> line.startsWith("title:"))
        .map(line -> line.substring(6).strip())
        .findFirst()
        .orElse("");
  }

  private boolean kept(Scope scope, Rule rule) {
    if (options.ruleFilter() == null) {
      return true;
    }
    // The columns of a match call it "status"; filters know it as "Status".
    Object shown =
        rule.header().shown().toBuilder()
            .set("Status", rule.header().shown().get("status"))
            .set("Name", rule.header().name())
            .build();
    Object wanted = options.ruleFilter().call(scope, shown);
    return scope.operators().truth(scope, Values.reduce(wanted));
  }

  private void checkCorrelations() {
    for (Rule rule : rules) {
      if (rule.correlation() == null) {
        continue;
      }
      for (String name : rule.correlation().rules()) {
        boolean known =
            rules.stream()
                .anyMatch(other -> other.correlation() == null && other.listedIn(List.of(name)));
        if (!known) {
          rule.notes().warn(null, 1, 1, "no rule has the name or id " + name);
        }
      }
    }
  }

  /** How many rules were read and kept. */
  public int size() {
    return rules.size();
  }

  /**
   * Runs the queries of the log sources and sends a row for each match, in the order of the events
   * and, for one event, of the rules.
   *
   * <p>A row has the event's columns, {@code _Match} (or {@code _Correlations}), {@code _Rule},
   * {@code Details} and, where the rule has one, {@code Enrichment}.
   */
  public void run(Scope scope, LogSources sources, Sink out) {
    Map<LogSource, List<Rule>> selected = new LinkedHashMap<>();
    for (LogSource source : sources.queries().keySet()) {
      List<Rule> matching =
          rules.stream()
              .filter(rule -> rule.correlation() == null && rule.source().runsOn(source))
              .toList();
      if (!matching.isEmpty()) {
        selected.put(source, matching);
      }
    }
    long loaded =
        rules.stream()
            .filter(
                rule ->
                    rule.correlation() != null
                        || selected.keySet().stream().anyMatch(rule.source()::runsOn))
            .count();
    host.log(
        "INFO:sigma: Loaded "
            + loaded
            + " rules (from "
            + read
            + ") into "
            + selected.size()
            + " log sources and "
            + fields.mapped()
            + " field mappings");
    new Run(scope, host, options, fields, rules).over(sources, selected, out);
  }
}
