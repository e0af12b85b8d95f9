package org.minivql.value.operator;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Materialized;
import org.minivql.value.Members;
import org.minivql.value.Nesting;
import org.minivql.value.OwnStack;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.StoredExpression;
import org.minivql.value.StoredQuery;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;
import org.minivql.value.text.Texts;
import org.minivql.value.time.TimeMembers;

/** {@code a.name}, {@code a[key]} and {@code a[from:to]}. */
final class Access {
  private final Protocol[] protocols;
  private final Texts texts;

  Access(List<Protocol> protocols, Texts texts) {
    this.protocols = protocols.toArray(new Protocol[0]);
    this.texts = texts;
  }

  Object get(Scope scope, Object a, Object key) {
    return get(scope, a, key, 0);
  }

  private Object get(Scope scope, Object a, Object key, int depth) {
    if (a == null) {
      return null;
    }
    if (a instanceof Dict dict && key instanceof String name) {
      Object value = dict.member(name);
      if (value != Absent.ABSENT) {
        return value;
      }
      return name.startsWith("@") ? method(scope, dict, name) : other(scope, a, key);
    }
    if (a == Values.NIL || a instanceof StoredQuery query && !query.readable()) {
      return null;
    }
    for (Protocol protocol : protocols) {
      Object result = protocol.get(scope, a, key);
      if (result != Protocol.PASS) {
        return result;
      }
    }
    if (key instanceof String name) {
      return byName(scope, a, name, depth);
    }
    return Values.isNumeric(key) ? byNumber(scope, a, Values.toLong(key)) : Absent.ABSENT;
  }

  private Object other(Scope scope, Object a, Object key) {
    for (Protocol protocol : protocols) {
      Object result = protocol.get(scope, a, key);
      if (result != Protocol.PASS) {
        return result;
      }
    }
    return Absent.ABSENT;
  }

  private Object byName(Scope scope, Object a, String name, int depth) {
    if (a instanceof Scope inner) {
      Object value = inner.resolve(name);
      if (value == Absent.ABSENT && name.startsWith("@")) {
        return method(scope, Dict.EMPTY, name);
      }
      return value instanceof StoredExpression expression ? expression.evaluate(inner) : value;
    }
    if (a instanceof Members members) {
      return members.member(name);
    }
    if (a instanceof StoredExpression expression) {
      return get(scope, Values.reduce(expression.evaluate(scope)), name);
    }
    if (Values.isQuery(a)) {
      return column(scope, a, name);
    }
    if (a instanceof List<?> list) {
      return depth == Nesting.ROOM
          ? OwnStack.call(() -> map(scope, list, name, depth))
          : map(scope, list, name, depth);
    }
    return a instanceof Timestamp time ? TimeMembers.get(time, name) : Absent.ABSENT;
  }

  private Object column(Scope scope, Object query, String name) {
    List<Object> column = new ArrayList<>();
    for (Object row : Values.rows(scope, query)) {
      Object value = get(scope, row, name);
      column.add(value == Absent.ABSENT ? null : value);
    }
    return column;
  }

  private Object map(Scope scope, List<?> list, String name, int depth) {
    if (Nesting.exceeded(scope, depth)) {
      return Values.NIL;
    }
    List<Object> mapped = new ArrayList<>();
    for (Object element : list) {
      Object value = get(scope, Values.reduce(element), name, depth + 1);
      if (value != Absent.ABSENT) {
        mapped.add(value);
      }
    }
    return mapped.isEmpty() ? Values.NIL : mapped;
  }

  private Object byNumber(Scope scope, Object a, long index) {
    if (a instanceof List<?> list) {
      return element(list, index);
    }
    if (a instanceof Materialized rows) {
      return element(rows.rows(), index);
    }
    if (a instanceof String text) {
      return letter(text, index);
    }
    return a instanceof StoredQuery query ? nthRow(scope, query, index) : Absent.ABSENT;
  }

  private static Object element(List<?> list, long index) {
    long at = index < 0 ? index + list.size() : index;
    return at >= 0 && at < list.size() ? Values.reduce(list.get((int) at)) : Absent.ABSENT;
  }

  private static Object letter(String text, long index) {
    boolean ascii = Bytes.isAscii(text);
    byte[] bytes = ascii ? null : Bytes.encode(text);
    int length = ascii ? text.length() : bytes.length;
    long at = index < 0 ? index + length : index;
    if (at < 0 || at >= length) {
      return Absent.ABSENT;
    }
    return ascii ? (long) text.charAt((int) at) : (long) (bytes[(int) at] & 0xff);
  }

  private static Object nthRow(Scope scope, StoredQuery query, long index) {
    if (index < 0) {
      return null;
    }
    Object[] found = {null};
    long[] seen = {0};
    query.run(
        scope,
        row -> {
          if (seen[0]++ == index) {
            found[0] = row;
            return false;
          }
          return true;
        });
    return found[0];
  }

  private Object method(Scope scope, Dict dict, String name) {
    switch (name) {
      case "@Keys":
        return new ArrayList<Object>(dict.memberNames());
      case "@Values":
        {
          List<Object> values = new ArrayList<>();
          dict.forEach((key, value) -> values.add(value));
          return values;
        }
      case "@Len":
        return (long) dict.size();
      case "@Items":
        {
          List<Object> items = new ArrayList<>();
          dict.forEach((key, value) -> items.add(new Item(key, value)));
          return items;
        }
      case "@String":
        return texts.text(scope, dict);
      case "@ToMap":
        return dict;
      default:
        return Absent.ABSENT;
    }
  }

  /** A member of a dict. It is written as a dict, but {@code foreach} takes it for a value. */
  private record Item(String key, Object value) implements Displayed, Members {
    private static final Shape SHAPE = Shape.of("Key", "Value");

    @Override
    public Object member(String name) {
      return display().member(name);
    }

    @Override
    public List<String> memberNames() {
      return SHAPE.names();
    }

    @Override
    public Dict display() {
      return Dict.over(SHAPE, key, value);
    }
  }

  Object slice(Scope scope, Object a, Object from, Object to) {
    boolean bounds =
        (from == Absent.ABSENT || Values.isNumeric(from))
            && (to == Absent.ABSENT || Values.isNumeric(to));
    if (!bounds) {
      return null;
    }
    if (a instanceof String text) {
      int length = Bytes.length(text);
      int low = bound(from, 0, length);
      int high = bound(to, length, length);
      return high <= low ? "" : Bytes.slice(text, low, high);
    }
    if (a instanceof List<?> list) {
      return sublist(list, from, to);
    }
    if (a instanceof Materialized rows) {
      return sublist(rows.rows(), from, to);
    }
    for (Protocol protocol : protocols) {
      Object result = protocol.slice(scope, a, from, to);
      if (result != Protocol.PASS) {
        return result;
      }
    }
    return null;
  }

  private static Object sublist(List<?> list, Object from, Object to) {
    int low = bound(from, 0, list.size());
    int high = bound(to, list.size(), list.size());
    return high <= low ? new ArrayList<>() : new ArrayList<Object>(list.subList(low, high));
  }

  private static int bound(Object value, int missing, int length) {
    if (value == Absent.ABSENT) {
      return missing;
    }
    long at = Values.toLong(value);
    if (at < 0) {
      at += length;
    }
    return (int) Math.max(0, Math.min(at, length));
  }
}
