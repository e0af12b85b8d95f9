package org.minivql.value;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions about a value's type, and the conversions that every operator shares.
 *
 * @since 0.1.0
 */
public final class Values {
  /**
   * The list that was never filled: the result of mapping a member over a list where no element has
   * it, and of a sub-select without rows. It is an empty list, but it is written as {@code null}.
   */
  public static final List<Object> NIL = new Nil();

  private Values() {}

  private static final class Nil extends AbstractList<Object> {
    @Override
    public Object get(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
      return 0;
    }
  }

  /** A lazy value's value, any other value itself. */
  public static Object reduce(Object value) {
    return isPlain(value) || !(value instanceof Lazy lazy) ? value : lazy.get();
  }

  /**
   * Whether it is NULL or of one of the final classes that most values have. To ask whether a value
   * is of an interface costs more when it is not, so this is asked first where rows pass by.
   */
  public static boolean isPlain(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Dict
        || value instanceof Boolean
        || value instanceof Double;
  }

  /**
   * Whether it is NULL, a string, an integer, a float or a bool: shown as it is, wherever it is.
   */
  public static boolean isScalar(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double;
  }

  /** Whether it is an integer, a float or a bool. */
  public static boolean isNumeric(Object value) {
    return value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof Unsigned;
  }

  /** Whether it is an integer or a bool. */
  public static boolean isIntegral(Object value) {
    return value instanceof Long || value instanceof Boolean || value instanceof Unsigned;
  }

  /** Whether it is a query, stored or materialised. */
  public static boolean isQuery(Object value) {
    return value instanceof StoredQuery || value instanceof Materialized;
  }

  /** A numeric value as a double; TRUE is 1. */
  public static double toDouble(Object value) {
    if (value instanceof Double d) {
      return d;
    }
    return value instanceof Number number ? number.doubleValue() : ((Boolean) value ? 1 : 0);
  }

  /**
   * A numeric value as an integer: floats are truncated, out of range they give -2^63; of an {@link
   * Unsigned} its bits.
   */
  public static long toLong(Object value) {
    if (value instanceof Long l) {
      return l;
    }
    if (value instanceof Double d) {
      return truncate(d);
    }
    return value instanceof Unsigned u ? u.longValue() : (Boolean) value ? 1 : 0;
  }

  /** The order of two integers or bools. */
  public static int compareIntegral(Object a, Object b) {
    boolean wide = a instanceof Unsigned;
    if (wide != b instanceof Unsigned) {
      return wide ? 1 : -1;
    }
    // Two of the upper half are in the order of their bits.
    return Long.compare(toLong(a), toLong(b));
  }

  /** A float without its fraction; -2^63 where it is not a 64 bit integer. */
  public static long truncate(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  /** The rows of a stored or materialised query, which is run if need be. */
  public static List<Object> rows(Scope scope, Object query) {
    if (query instanceof Materialized materialized) {
      return materialized.rows();
    }
    List<Object> rows = new ArrayList<>();
    Footprint footprint = Footprint.alone(scope, Limit.MEMORY);
    ((StoredQuery) query)
        .run(
            scope,
            row -> {
              footprint.add(row);
              return rows.add(row);
            });
    return rows;
  }

  /** The name of a value's type in messages. */
  public static String typeName(Object value) {
    if (value == null) {
      return "types.Null";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Long) {
      return "int64";
    }
    if (value instanceof Double) {
      return "float64";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Unsigned) {
      return "uint64";
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "[]types.Row" : "[]types.Any";
    }
    if (value instanceof Dict dict) {
      return dict.shape().folded() ? "map[string]interface {}" : "*ordereddict.Dict";
    }
    if (value instanceof Timestamp) {
      return "time.Time";
    }
    if (value instanceof StoredQuery query) {
      return query.typeName();
    }
    if (value instanceof Materialized) {
      return "*vfilter.InMemoryMatrializer";
    }
    return value instanceof Scope ? "*scope.Scope" : value.getClass().getSimpleName();
  }
}
