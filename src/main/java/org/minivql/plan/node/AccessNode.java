package org.minivql.plan.node;

import java.util.ArrayList;
import java.util.List;
import org.minivql.runtime.Frame;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Values;

/** Members, indexes and slices after a value; ends with NULL at the first one that is absent. */
public final class AccessNode extends ExprNode {
  /** One step of the chain. */
  public abstract static class Step {
    abstract Object apply(Frame frame, Object value);
  }

  private final ExprNode base;
  private final Step[] steps;

  public AccessNode(ExprNode base, Step[] steps) {
    this.base = base;
    this.steps = steps;
  }

  @Override
  public Object eval(Frame frame) {
    Object value = base.eval(frame);
    for (Step step : steps) {
      value = step.apply(frame, value);
      if (value == Absent.ABSENT) {
        return null;
      }
      value = Values.reduce(value);
    }
    return value;
  }

  /** {@code .name}. */
  public static final class Member extends Step {
    private final MemberLookup lookup;

    public Member(String name) {
      this.lookup = new MemberLookup(name);
    }

    @Override
    Object apply(Frame frame, Object value) {
      if (value instanceof Dict dict) {
        int i = lookup.cell(dict);
        if (i >= 0) {
          return dict.cell(i);
        }
      }
      return frame.operators().get(frame, value, lookup.name());
    }
  }

  /** {@code [index]}. */
  public static final class Index extends Step {
    private final ExprNode index;

    public Index(ExprNode index) {
      this.index = index;
    }

    @Override
    Object apply(Frame frame, Object value) {
      Object key = index.eval(frame);
      if (value == null) {
        return null;
      }
      if (key instanceof Long at
          && value.getClass() == ArrayList.class
          && at >= 0
          && at < ((List<?>) value).size()) {
        return ((List<?>) value).get(at.intValue());
      }
      return key == null ? Absent.ABSENT : frame.operators().get(frame, value, key);
    }
  }

  /** {@code []}: nothing is there. */
  public static final class Nothing extends Step {
    @Override
    Object apply(Frame frame, Object value) {
      return Absent.ABSENT;
    }
  }

  /** {@code [from:to]}. */
  public static final class Slice extends Step {
    private final ExprNode from;
    private final ExprNode to;

    public Slice(ExprNode from, ExprNode to) {
      this.from = from;
      this.to = to;
    }

    @Override
    Object apply(Frame frame, Object value) {
      Object low = from == null ? Absent.ABSENT : from.eval(frame);
      Object high = to == null ? Absent.ABSENT : to.eval(frame);
      return frame.operators().slice(frame, value, low, high);
    }
  }
}
