package org.minivql.plan;

import java.util.List;
import org.minivql.plan.node.LetExpression;
import org.minivql.plan.select.LazyText;
import org.minivql.plan.select.LetQuery;
import org.minivql.plan.select.Listing;
import org.minivql.plan.select.SelectNode;
import org.minivql.runtime.Frame;
import org.minivql.runtime.MaterializedRows;
import org.minivql.runtime.Measures;
import org.minivql.value.Dict;
import org.minivql.value.Place;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** A LET as a statement: one more layer for those that follow. */
final class LetStatement extends PlannedStatement {
  private static final String LIMIT_VARIABLE = "VQL_MATERIALIZE_ROW_LIMIT";

  /** So many rows of a materialised LET are kept without a word. */
  private static final int MANY = 10_000;

  private final LazyText text;
  private final String token;
  private final Shape shape;
  private final Object definition;
  private final boolean masks;
  private final int parameters;
  private final List<SelectNode> inner;
  private final Place at;

  LetStatement(
      LazyText text,
      String token,
      Shape shape,
      Object definition,
      boolean materialized,
      boolean masks,
      int parameters,
      List<SelectNode> inner,
      Place at) {
    super(materialized ? Type.MATERIALIZED_LET : Type.LAZY_LET);
    this.text = text;
    this.token = token;
    this.shape = shape;
    this.definition = definition;
    this.masks = masks;
    this.parameters = parameters;
    this.inner = inner;
    this.at = at;
  }

  @Override
  public String text() {
    return text.get();
  }

  @Override
  public void explain(Measures measures, long nanos, Listing listing) {
    if (definition instanceof LetQuery query) {
      query.select().explain(measures, 0, text(), listing);
    } else {
      listing.query(0, text(), 1, 0, nanos);
    }
    inner.forEach(query -> query.explain(measures, 1, query.text(), listing));
  }

  @Override
  public Frame run(Frame frame, Sink out) {
    frame.query().statement(text());
    if (masks) {
      frame.log("WARN:LET expression is masking a built in function " + token, at);
    }
    if (type() == Type.LAZY_LET) {
      return frame.push(Dict.over(shape, definition));
    }
    if (parameters > 0) {
      frame.log(
          "WARN:Expression "
              + token
              + " takes parameters but is materialized! Did you mean to use '='? ",
          at);
    }
    return frame.push(Dict.over(shape, materialize(frame)));
  }

  private Object materialize(Frame frame) {
    Frame scope = frame.fork();
    try {
      if (definition instanceof LetQuery query) {
        return limited(frame, query, MaterializedRows.lasting(scope, query));
      }
      // What an expression opens, a temporary file for example, belongs to the program.
      Object value = ((LetExpression) definition).body().eval(frame);
      return value instanceof StoredQuery query && query.readable()
          ? limited(frame, query, MaterializedRows.lasting(scope, query))
          : value;
    } finally {
      scope.close();
    }
  }

  /** On a server many rows go to a file, and then can only be selected from. */
  private Object limited(Frame frame, StoredQuery query, MaterializedRows rows) {
    if (frame.query().settings().materializedRows() == 0) {
      if (rows.size() > MANY) {
        frame.log(
            "WARN:During Materialize of StoredQuery "
                + query.text()
                + ": Expand larger than 10,000 rows!",
            at);
      }
      return rows;
    }
    Object own = frame.member(LIMIT_VARIABLE);
    long limit =
        Values.isNumeric(own) ? Values.toLong(own) : frame.query().settings().materializedRows();
    if (limit <= 0 || rows.size() <= limit) {
      return rows;
    }
    frame.log(
        "WARN:Materialize of LET "
            + token
            + ": Expand larger than "
            + limit
            + " rows, VQL will switch to tempfile backing on a temporary file which will be much"
            + " slower.",
        at);
    frame.log("WARN:Materialized " + rows.size() + " rows", at);
    return new FileBacked(rows, text());
  }

  private record FileBacked(MaterializedRows rows, String text) implements StoredQuery {
    @Override
    public void run(Scope scope, Sink out) {
      for (Object row : rows.rows()) {
        if (!out.row(row)) {
          return;
        }
      }
    }

    @Override
    public boolean readable() {
      return false;
    }
  }
}
