package org.minivql.plain;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Materialized;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;

/** The rows of a query that was run. */
record PlainRows(List<Object> rows) implements Materialized {
  static PlainRows of(Scope scope, StoredQuery query) {
    List<Object> rows = new ArrayList<>();
    query.run(scope, rows::add);
    return new PlainRows(rows);
  }

  @Override
  public int size() {
    return rows.size();
  }
}
