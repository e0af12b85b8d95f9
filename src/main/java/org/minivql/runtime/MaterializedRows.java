package org.minivql.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.minivql.value.Footprint;
import org.minivql.value.Limit;
import org.minivql.value.Materialized;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;

/** Rows kept: in memory, or in a temporary file where they are too many. */
public final class MaterializedRows implements Materialized {
  private final List<Object> rows;

  /** These rows; the list is taken over. */
  public MaterializedRows(List<Object> rows) {
    this.rows = Collections.unmodifiableList(rows);
  }

  /**
   * Runs a query and keeps its rows as long as they are used.
   *
   * @param scope the scope of the query; a file is removed when its root is closed
   */
  public static MaterializedRows of(Scope scope, StoredQuery query) {
    return of(scope, query, Footprint.alone(scope, Limit.BYTES));
  }

  /** The same for rows that are there until the root of the scope is closed. */
  public static MaterializedRows lasting(Scope scope, StoredQuery query) {
    Footprint footprint = Footprint.kept(scope);
    scope.onRootClose(footprint::close);
    return of(scope, query, footprint);
  }

  private static MaterializedRows of(Scope scope, StoredQuery query, Footprint footprint) {
    long budget = ((Frame) scope).query().settings().memoryBudget();
    List<Object> rows = new ArrayList<>();
    FileRows[] file = new FileRows[1];
    query.run(
        scope,
        row -> {
          if (file[0] != null) {
            file[0].append(row);
            return true;
          }
          rows.add(row);
          if (footprint.add(row) > budget) {
            file[0] = new FileRows(scope);
            scope.onRootClose(file[0]::close);
            rows.forEach(file[0]::append);
            rows.clear();
          }
          return true;
        });
    return new MaterializedRows(file[0] == null ? rows : file[0]);
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
