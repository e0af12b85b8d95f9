package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.value.Operators;
import org.minivql.value.Patterns;
import org.minivql.value.Place;
import org.minivql.value.Timestamp;

/** Comparisons. Both operands are evaluated once, left to right. */
public abstract class Compare extends ExprNode {
  private final ExprNode left;
  private final ExprNode right;

  private Compare(ExprNode left, ExprNode right) {
    this.left = left;
    this.right = right;
  }

  abstract boolean compare(Frame frame, Object a, Object b);

  @Override
  public final Object eval(Frame frame) {
    return test(frame);
  }

  @Override
  public final boolean test(Frame frame) {
    Object a = left.eval(frame);
    return compare(frame, a, right.eval(frame));
  }

  /** The comparison for an operator as written in upper case. */
  static ExprNode of(String operator, ExprNode left, ExprNode right) {
    return switch (operator) {
      case "=" -> new Equal(left, right, true);
      case "!=" -> new Equal(left, right, false);
      case "<" -> new Less(left, right, false);
      case "<=" -> new Less(left, right, true);
      case ">" -> new Greater(left, right, false);
      case ">=" -> new Greater(left, right, true);
      case "IN" -> new In(left, right);
      case "=~" -> match(left, right, null);
      default -> new Never(left, right);
    };
  }

  /** {@code =~}; what is wrong with a pattern is said of the place. */
  public static ExprNode match(ExprNode left, ExprNode right, Place at) {
    return new Match(left, right, at);
  }

  /** Only {@code <} and {@code >} read the text of a date. */
  private static boolean isTimeWithText(Object a, Object b) {
    return a instanceof Timestamp
        ? b instanceof String
        : a instanceof String && b instanceof Timestamp;
  }

  private static final class Equal extends Compare {
    private final boolean wanted;

    Equal(ExprNode left, ExprNode right, boolean wanted) {
      super(left, right);
      this.wanted = wanted;
    }

    @Override
    boolean compare(Frame frame, Object a, Object b) {
      if (a instanceof Long x && b instanceof Long y) {
        return x.longValue() == y.longValue() == wanted;
      }
      return frame.operators().equal(frame, a, b) == wanted;
    }
  }

  private static final class Less extends Compare {
    private final boolean orEqual;

    Less(ExprNode left, ExprNode right, boolean orEqual) {
      super(left, right);
      this.orEqual = orEqual;
    }

    @Override
    boolean compare(Frame frame, Object a, Object b) {
      if (a instanceof Long x && b instanceof Long y) {
        return orEqual ? x <= y : x < y;
      }
      Operators operators = frame.operators();
      return orEqual
          ? !isTimeWithText(a, b) && operators.less(frame, a, b) || operators.equal(frame, a, b)
          : operators.less(frame, a, b);
    }
  }

  private static final class Greater extends Compare {
    private final boolean orEqual;

    Greater(ExprNode left, ExprNode right, boolean orEqual) {
      super(left, right);
      this.orEqual = orEqual;
    }

    @Override
    boolean compare(Frame frame, Object a, Object b) {
      if (a instanceof Long x && b instanceof Long y) {
        return orEqual ? x >= y : x > y;
      }
      Operators operators = frame.operators();
      return orEqual
          ? !isTimeWithText(a, b) && operators.greater(frame, a, b) || operators.equal(frame, a, b)
          : operators.greater(frame, a, b);
    }
  }

  private static final class In extends Compare {
    In(ExprNode left, ExprNode right) {
      super(left, right);
    }

    @Override
    boolean compare(Frame frame, Object a, Object b) {
      return frame.operators().in(frame, a, b);
    }
  }

  private static final class Match extends Compare {
    private final Place at;

    Match(ExprNode left, ExprNode right, Place at) {
      super(left, right);
      this.at = at;
    }

    @Override
    boolean compare(Frame frame, Object a, Object b) {
      return frame.operators().matches(frame.about(at), a, b);
    }
  }

  /** {@code <>}, which parses but is never true. */
  private static final class Never extends Compare {
    Never(ExprNode left, ExprNode right) {
      super(left, right);
    }

    @Override
    boolean compare(Frame frame, Object a, Object b) {
      return false;
    }
  }

  /** {@code =~} with a pattern that was compiled beforehand. */
  public static final class MatchConstant extends ExprNode {
    private final ExprNode target;
    private final String pattern;
    private final Patterns.Search search;

    public MatchConstant(ExprNode target, String pattern, Patterns.Search search) {
      this.target = target;
      this.pattern = pattern;
      this.search = search;
    }

    @Override
    public Object eval(Frame frame) {
      return test(frame);
    }

    @Override
    public boolean test(Frame frame) {
      Object value = target.eval(frame);
      return value instanceof String text
          ? search.find(frame, text)
          : frame.operators().matches(frame, value, pattern);
    }
  }
}
