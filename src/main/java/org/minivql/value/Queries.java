package org.minivql.value;

/** Turning values into queries. */
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
      scope
          .operators()
          .iterate(
              scope,
              value,
              row -> out.row(row instanceof Dict dict && dict.size() == 0 ? wrapped(dict) : row));
    }

    private static Dict wrapped(Object item) {
      return Dict.over(VALUE, item);
    }

    @Override
    public String text() {
      return "SELECT * FROM scope()";
    }
  }
}
