package org.minivql.plan.select;

import org.minivql.plan.node.ExprNode;
import org.minivql.runtime.Frame;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** A query in braces as the value of an argument: itself, unevaluated. */
public final class QueryNode extends ExprNode {
  private final Brace query;

  public QueryNode(SelectNode select) {
    this.query = new Brace(select);
  }

  @Override
  public Object eval(Frame frame) {
    return query;
  }

  private record Brace(SelectNode select) implements StoredQuery {
    @Override
    public void run(Scope scope, Sink out) {
      select.run((Frame) scope, out);
    }

    @Override
    public String text() {
      return select.text();
    }

    @Override
    public String typeName() {
      return "*vfilter._Select";
    }
  }
}
