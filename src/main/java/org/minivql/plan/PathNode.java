package org.minivql.plan;

import org.minivql.runtime.Frame;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Values;

/** A dotted name that is not called: {@code a.b.c}. Only a missing first component is logged. */
final class PathNode extends ExprNode {
  private final NameLookup lookup;
  private final String[] members;
  private final String written;
  private final String first;

  PathNode(String first, String[] members, String written) {
    this.lookup = new NameLookup(first);
    this.members = members;
    this.written = written;
    this.first = first;
  }

  @Override
  Object eval(Frame frame) {
    boolean tooDeep = frame.overflows();
    Object value = tooDeep ? Absent.ABSENT : lookup.find(frame);
    if (value == Absent.ABSENT) {
      Unknown.symbolIn(frame, written, first);
      return null;
    }
    if (value == Frame.SILENT) {
      return null;
    }
    value = members(frame, value, members);
    if (value == Absent.ABSENT) {
      return null;
    }
    return value instanceof LetExpression expression ? expression.reference(frame) : value;
  }

  /** Follows a chain of members; ABSENT where it breaks. */
  static Object members(Frame frame, Object start, String[] members) {
    Object value = start;
    for (String member : members) {
      if (value instanceof Lazy lazy) {
        value = lazy.get();
      }
      if (value instanceof Dict dict) {
        int i = dict.shape().indexOf(member);
        if (i >= 0) {
          value = dict.cell(i);
          continue;
        }
      }
      value = frame.operators().get(frame, value, member);
      if (value == Absent.ABSENT) {
        return Absent.ABSENT;
      }
    }
    return Values.reduce(value);
  }
}
