package org.minivql.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.minivql.value.Materialized;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Rows kept in memory. */
public final class MaterializedRows implements Materialized {
  private final List<Object> rows;

  /** These rows; the list is taken over. */
  public MaterializedRows(List<Object> rows) {
    this.rows = Collections.unmodifiableList(rows);
  }

  /** Runs a query and keeps its rows. */
  public static MaterializedRows of(Scope scope, StoredQuery query) {
    return new MaterializedRows(new ArrayList<>(Values.rows(scope, query)));
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public List<Object> rows() {
    return rows;
  }
}
