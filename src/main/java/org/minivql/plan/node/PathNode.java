package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.value.Absent;
import org.minivql.value.Place;

/** A dotted name that is not called: {@code a.b.c}. Only a missing first component is logged. */
public final class PathNode extends ExprNode {
  private final NameLookup lookup;
  private final MemberLookup[] members;
  private final String written;
  private final String first;
  private final Place at;

  public PathNode(String first, String[] members, String written, Place at) {
    this.lookup = new NameLookup(first);
    this.members = MemberLookup.of(members);
    this.written = written;
    this.first = first;
    this.at = at;
  }

  @Override
  public Object eval(Frame frame) {
    boolean tooDeep = frame.overflows();
    Object value = tooDeep ? Absent.ABSENT : lookup.find(frame);
    if (value == Absent.ABSENT) {
      Unknown.symbolIn(frame, written, first, at);
      return null;
    }
    if (value == Frame.SILENT) {
      return null;
    }
    value = MemberLookup.follow(frame, value, members);
    if (value == Absent.ABSENT) {
      return null;
    }
    return value instanceof LetExpression expression ? expression.reference(frame) : value;
  }
}
