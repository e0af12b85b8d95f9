package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.value.Absent;
import org.minivql.value.Lazy;
import org.minivql.value.Place;
import org.minivql.value.Values;

/** A name that is not called. */
public final class SymbolNode extends ExprNode {
  private final NameLookup lookup;
  private final String written;
  private final Place at;

  public SymbolNode(String name, String written, Place at) {
    this.lookup = new NameLookup(name);
    this.written = written;
    this.at = at;
  }

  public String name() {
    return lookup.name();
  }

  @Override
  public Object eval(Frame frame) {
    if (frame.overflows()) {
      return null;
    }
    Object value = lookup.find(frame);
    if (Values.isPlain(value)) {
      return value;
    }
    if (value instanceof Lazy lazy) {
      value = lazy.get();
    }
    if (value instanceof LetExpression expression) {
      return expression.reference(frame);
    }
    if (value == Absent.ABSENT) {
      Unknown.symbol(frame, written, at);
      return null;
    }
    return value == Frame.SILENT ? null : value;
  }
}
