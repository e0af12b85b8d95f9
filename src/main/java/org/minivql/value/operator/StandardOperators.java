package org.minivql.value.operator;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Materialized;
import org.minivql.value.Members;
import org.minivql.value.Operators;
import org.minivql.value.Protocol;
import org.minivql.value.RowList;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;
import org.minivql.value.text.Texts;

/**
 * The operators of the language, extended by a table of protocols. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class StandardOperators implements Operators {
  /** Lists nested deeper than this below a cell are replaced by NULL on the way out. */
  private static final int OUTPUT_DEPTH = 10;

  private static final Shape VALUE = Shape.of("_value");

  private final List<Protocol> protocols;
  private final Arithmetic arithmetic;
  private final Comparison comparison;
  private final Texts texts;
  private final Access access;

  /**
   * Operators with these protocols.
   *
   * @param protocols asked in order where the language has no rule
   */
  public StandardOperators(List<Protocol> protocols) {
    this.protocols = List.copyOf(protocols);
    this.arithmetic = new Arithmetic(this.protocols);
    this.comparison = new Comparison(this.protocols);
    this.texts = new Texts(this.protocols);
    this.access = new Access(this.protocols, texts);
  }

  @Override
  public Object add(Scope scope, Object a, Object b) {
    return arithmetic.add(scope, a, b);
  }

  @Override
  public Object subtract(Scope scope, Object a, Object b) {
    return arithmetic.subtract(scope, a, b);
  }

  @Override
  public Object multiply(Scope scope, Object a, Object b) {
    return arithmetic.multiply(scope, a, b);
  }

  @Override
  public Object divide(Scope scope, Object a, Object b) {
    return arithmetic.divide(scope, a, b);
  }

  @Override
  public boolean equal(Scope scope, Object a, Object b) {
    return comparison.equal(scope, a, b);
  }

  @Override
  public boolean less(Scope scope, Object a, Object b) {
    return comparison.less(scope, a, b);
  }

  @Override
  public boolean greater(Scope scope, Object a, Object b) {
    return comparison.greater(scope, a, b);
  }

  @Override
  public boolean in(Scope scope, Object a, Object b) {
    return comparison.in(scope, a, b);
  }

  @Override
  public boolean matches(Scope scope, Object target, Object pattern) {
    return comparison.matches(scope, target, pattern);
  }

  @Override
  public boolean truth(Scope scope, Object value) {
    if (value instanceof Boolean b) {
      return b;
    }
    if (value == null) {
      return false;
    }
    if (value instanceof Long number) {
      return number > 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Double number) {
      return number > 0;
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Dict dict) {
      return dict.size() > 0;
    }
    if (value instanceof Materialized rows) {
      return rows.size() > 0;
    }
    if (value instanceof StoredQuery query) {
      return hasRow(scope, query);
    }
    if (value instanceof Lazy lazy) {
      return truth(scope, lazy.get());
    }
    if (value instanceof Unsigned) {
      return true;
    }
    for (Protocol protocol : protocols) {
      Object result = protocol.truth(scope, value);
      if (result != Protocol.PASS) {
        return (Boolean) result;
      }
    }
    return false;
  }

  private static boolean hasRow(Scope scope, StoredQuery query) {
    boolean[] any = {false};
    query.run(
        scope,
        row -> {
          any[0] = true;
          return false;
        });
    return any[0];
  }

  @Override
  public Object get(Scope scope, Object a, Object key) {
    return access.get(scope, a, key);
  }

  @Override
  public Object slice(Scope scope, Object a, Object from, Object to) {
    return access.slice(scope, a, from, to);
  }

  @Override
  public boolean iterate(Scope scope, Object raw, Sink out) {
    Object value = Values.reduce(raw);
    if (value == null) {
      return true;
    }
    if (value instanceof List<?> list) {
      boolean rows = list instanceof RowList;
      for (Object element : list) {
        Object item = Values.reduce(element);
        if (item != null && !out.row(rows && item instanceof Members ? item : asRow(item))) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof Materialized rows) {
      for (Object row : rows.rows()) {
        if (!out.row(row)) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof StoredQuery query) {
      boolean[] more = {true};
      query.run(scope, row -> more[0] = out.row(row));
      return more[0];
    }
    return out.row(asRow(value));
  }

  private static Object asRow(Object value) {
    return value instanceof Dict ? value : Dict.over(VALUE, value);
  }

  @Override
  public String text(Scope scope, Object value) {
    return texts.text(scope, value);
  }

  @Override
  public Object normalise(Scope scope, Object value) {
    return normalise(scope, value, 0);
  }

  private Object normalise(Scope scope, Object raw, int depth) {
    if (Values.isPlain(raw) && depth <= OUTPUT_DEPTH) {
      return raw;
    }
    if (raw == null || raw instanceof String || raw instanceof Long) {
      return raw;
    }
    Object value = Values.reduce(raw);
    if (value instanceof StoredQuery query && !query.readable()) {
      return null;
    }
    if (Values.isQuery(value)) {
      return depth > OUTPUT_DEPTH ? null : Values.rows(scope, value);
    }
    if (value == Values.NIL) {
      return depth == 0 ? null : new ArrayList<>();
    }
    if (!(value instanceof List<?> list)) {
      return depth > OUTPUT_DEPTH ? null : value;
    }
    if (depth > OUTPUT_DEPTH) {
      return null;
    }
    List<Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      copy.add(normalise(scope, element, depth + 1));
    }
    return copy;
  }
}
