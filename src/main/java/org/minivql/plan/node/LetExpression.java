package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.runtime.Stacks;
import org.minivql.value.Dict;
import org.minivql.value.OwnStack;
import org.minivql.value.Scope;
import org.minivql.value.StoredExpression;

/** {@code LET X = expression}: evaluated at each reference, in the scope of the reference. */
public record LetExpression(ExprNode body, Parameters parameters) implements StoredExpression {
  /** {@code F} without parentheses: defaults apply, the aggregate context stays. */
  public Object reference(Frame caller) {
    return run(caller.call(parameters.fill(caller, Dict.EMPTY), false));
  }

  /** {@code F(…)}. */
  public Object call(Frame caller, Dict arguments, boolean freshAggregates) {
    Frame own = caller.ownedCall(parameters.fill(caller, arguments), freshAggregates);
    try {
      return run(own);
    } finally {
      own.close();
    }
  }

  private Object run(Frame frame) {
    return Stacks.due(frame) ? OwnStack.call(() -> body.eval(frame)) : body.eval(frame);
  }

  @Override
  public Object evaluate(Scope scope) {
    return run(((Frame) scope).call(Dict.EMPTY, false));
  }
}
