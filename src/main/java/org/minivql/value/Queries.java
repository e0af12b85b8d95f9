package org.minivql.value;

import java.util.List;

/**
 * Turning values into queries.
 *
 * @since 0.1.0
 */
public final class Queries {
  private Queries() {}

  /** A query as it is; a list or value as a query over its elements; NULL as one without rows. */
  public static StoredQuery of(Object raw) {
    Object value = Values.reduce(raw);
    return value instanceof StoredQuery query ? query : new ValueQuery(value);
  }

  private record ValueQuery(Object value) implements StoredQuery {
    private static final Shape VALUE = Shape.of("_value");

    @Override
    public void run(Scope scope, Sink out) {
      if (value instanceof List<?> list) {
        for (Object element : list) {
          Object item = Values.reduce(element);
          if (item != null && !out.row(asRow(item))) {
            return;
          }
        }
      } else if (value instanceof Materialized rows) {
        for (Object row : rows.rows()) {
          if (!out.row(row)) {
            return;
          }
        }
      } else if (value != null) {
        out.row(asRow(value));
      }
    }

    private static Object asRow(Object item) {
      boolean row =
          item instanceof Timestamp
              || item instanceof Members members && !members.memberNames().isEmpty();
      return row ? item : Dict.over(VALUE, item);
    }

    @Override
    public String text() {
      return "SELECT * FROM scope()";
    }
  }
}
