package org.minivql.sigma;

import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.value.StoredQuery;

/** Queries that give the events of log sources, in the order in which they were named. */
public final class LogSources {
  private final Map<LogSource, StoredQuery> queries;

  /** The sources and their queries. */
  public LogSources(Map<LogSource, StoredQuery> queries) {
    this.queries = new LinkedHashMap<>(queries);
  }

  Map<LogSource, StoredQuery> queries() {
    return queries;
  }

  @Override
  public String toString() {
    return "log sources";
  }
}
