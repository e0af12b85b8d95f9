package org.minivql.sigma;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.QueryOptions;
import org.minivql.Rows;
import org.minivql.Vql;
import org.minivql.value.Dict;

/** Runs rules over events through the engine, and keeps the log. */
public final class SigmaBench {
  private static final Vql ENGINE = Vql.builder().build();

  private final List<String> log = new ArrayList<>();
  private String more = "";
  private String source = "*/windows/*";

  /** Further arguments of the call, each with a comma before it. */
  public SigmaBench with(String arguments) {
    more = arguments;
    return this;
  }

  /** The name of the log source. */
  public SigmaBench source(String name) {
    source = name;
    return this;
  }

  /** What was logged by the last run. */
  public List<String> log() {
    return log;
  }

  /** The lines of the log that are not about the course of the run. */
  public List<String> remarks() {
    return log.stream().filter(line -> !line.startsWith("INFO:")).toList();
  }

  /** The rows of rules over some events. */
  public List<Dict> rows(List<String> rules, List<?> events) {
    String query =
        "SELECT * FROM sigma(rules=Rules, log_sources=sigma_log_sources(`"
            + source
            + "`={ SELECT * FROM foreach(row=Events) })"
            + more
            + ")";
    return query(query, Map.of("Rules", rules, "Events", events));
  }

  /** The rows of any query. */
  public List<Dict> query(String query, Map<String, ?> env) {
    log.clear();
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(env)
            .withClock(
                Clock.fixed(
                    java.time.Instant.parse("2026-03-02T06:00:00Z"), java.time.ZoneOffset.UTC))
            .withLog(line -> log.add(line.text()));
    try (Rows rows = ENGINE.compile(query).rows(options)) {
      return rows.stream().toList();
    }
  }

  /** The titles of the rules that matched, in the order of the rows. */
  public List<String> titles(List<String> rules, List<?> events) {
    return rows(rules, events).stream()
        .map(row -> (String) ((Dict) row.get("_Rule")).get("Title"))
        .toList();
  }

  /** A rule for the product windows. */
  public static String rule(String title, String detection) {
    return "title: "
        + title
        + "\nlogsource:\n  product: windows\ndetection:\n"
        + detection.indent(2);
  }
}
