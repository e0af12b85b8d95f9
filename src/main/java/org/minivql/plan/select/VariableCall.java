package org.minivql.plan.select;

import org.minivql.plan.node.CallArguments;
import org.minivql.plan.node.ExprNode;
import org.minivql.plan.node.FunctionCall;
import org.minivql.plan.node.LetExpression;
import org.minivql.plan.node.MemberLookup;
import org.minivql.plan.node.NameLookup;
import org.minivql.plan.node.Unknown;
import org.minivql.runtime.Frame;
import org.minivql.spi.Catalog;
import org.minivql.spi.Mocks;
import org.minivql.value.Absent;
import org.minivql.value.Place;
import org.minivql.value.Values;

/** A name with parentheses that is no function of the host: a LET, or an error. */
public final class VariableCall extends ExprNode {
  private final NameLookup lookup;
  private final MemberLookup[] members;
  private final String written;
  private final String first;
  private final CallArguments arguments;
  private final Place at;

  public VariableCall(
      String first, String[] members, String written, CallArguments arguments, Place at) {
    this.lookup = new NameLookup(first);
    this.members = MemberLookup.of(members);
    this.written = written;
    this.first = first;
    this.arguments = arguments;
    this.at = at;
  }

  @Override
  public Object eval(Frame frame) {
    if (frame.overflows()) {
      return null;
    }
    Object value = lookup.find(frame);
    if (value == Absent.ABSENT) {
      Mocks mocks = frame.query().mocks();
      Catalog.Function mock = mocks == null ? null : mocks.function(written);
      if (mock != null) {
        return new FunctionCall(mock, arguments, at).eval(frame);
      }
      if (members.length == 0) {
        Unknown.symbol(frame, written, at);
      } else {
        Unknown.symbolIn(frame, written, first, at);
      }
      return null;
    }
    value = value == Frame.SILENT ? null : MemberLookup.follow(frame, value, members);
    if (value == Absent.ABSENT) {
      return null;
    }
    return call(frame, Values.reduce(value));
  }

  private Object call(Frame frame, Object value) {
    if (value instanceof LetExpression expression) {
      return expression.call(frame, arguments.evaluate(frame), true);
    }
    if (value instanceof LetQuery query && arguments.size() > 0) {
      return query.bind(frame, arguments.evaluate(frame));
    }
    Unknown.notFunction(frame, written, at);
    return null;
  }
}
