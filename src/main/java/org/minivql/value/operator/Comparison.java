package org.minivql.value.operator;

import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;
import org.minivql.value.OwnStack;
import org.minivql.value.Patterns;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;

/**
 * {@code =}, {@code <}, {@code >}, {@code IN} and {@code =~}. What has no rule is false; {@code >}
 * is not the mirror image of {@code <}.
 */
final class Comparison {
  private final Protocol[] protocols;

  Comparison(List<Protocol> protocols) {
    this.protocols = protocols.toArray(new Protocol[0]);
  }

  boolean equal(Scope scope, Object a, Object b) {
    return equal(scope, a, b, 0);
  }

  private boolean equal(Scope scope, Object a, Object b, int depth) {
    if (a == null) {
      return b == null;
    }
    if (a instanceof String x && b instanceof String y) {
      return x.equals(y);
    }
    if (a instanceof Long x) {
      if (Values.isIntegral(b)) {
        return !(b instanceof Unsigned) && x == Values.toLong(b);
      }
      return b instanceof Double y ? x.doubleValue() == y : other(scope, a, b);
    }
    if (a instanceof Boolean && b instanceof Boolean) {
      return a.equals(b);
    }
    if (a instanceof Double x && Values.isNumeric(b)) {
      return x == Values.toDouble(b);
    }
    if (a instanceof Timestamp x) {
      if (b instanceof Timestamp y) {
        return x.instant().equals(y.instant());
      }
      return Values.isNumeric(b) ? chronological(a, b) == 0 : other(scope, a, b);
    }
    if (a instanceof Boolean && Values.isNumeric(b)) {
      return !(b instanceof Unsigned) && Values.toLong(a) == Values.toLong(b);
    }
    if (a instanceof Unsigned x) {
      return b instanceof Double y ? x.doubleValue() == y : a.equals(b);
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return equalNested(scope, x, y, depth);
    }
    return a instanceof Dict x && b instanceof Dict y
        ? equalNested(scope, x, y, depth)
        : other(scope, a, b);
  }

  private boolean equalNested(Scope scope, Object a, Object b, int depth) {
    if (Nesting.exceeded(scope, depth)) {
      return true;
    }
    return depth == Nesting.ROOM
        ? OwnStack.call(() -> equalParts(scope, a, b, depth + 1))
        : equalParts(scope, a, b, depth + 1);
  }

  private boolean equalParts(Scope scope, Object a, Object b, int depth) {
    return a instanceof Dict dict
        ? equalDicts(scope, dict, (Dict) b, depth)
        : equalLists(scope, (List<?>) a, (List<?>) b, depth);
  }

  private boolean equalLists(Scope scope, List<?> a, List<?> b, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(scope, Values.reduce(a.get(i)), Values.reduce(b.get(i)), depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean equalDicts(Scope scope, Dict a, Dict b, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      Object other = b.member(a.name(i));
      if (other == Absent.ABSENT
          || !equal(scope, Values.reduce(a.cell(i)), Values.reduce(other), depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean other(Scope scope, Object a, Object b) {
    for (Protocol protocol : protocols) {
      Object result = protocol.equal(scope, a, b);
      if (result != Protocol.PASS) {
        return (Boolean) result;
      }
    }
    return false;
  }

  /** Seconds between the year 1 and 1970: times count from there, and wrap around at 64 bits. */
  private static final long YEAR_ONE = 62_135_596_800L;

  private static int chronological(Object a, Object b) {
    int bySeconds = Long.compare(seconds(a) + YEAR_ONE, seconds(b) + YEAR_ONE);
    return bySeconds == 0 ? Long.compare(nanos(a), nanos(b)) : bySeconds;
  }

  private static long seconds(Object value) {
    if (value instanceof Timestamp time) {
      return time.instant().getEpochSecond();
    }
    return value instanceof Double d ? Values.truncate(Math.floor(d)) : Values.toLong(value);
  }

  private static long nanos(Object value) {
    if (value instanceof Timestamp time) {
      return time.instant().getNano();
    }
    boolean fraction = value instanceof Double d && Math.abs(d) < 0x1p62;
    return fraction ? (long) (((Double) value - Math.floor((Double) value)) * 1e9) : 0;
  }

  boolean less(Scope scope, Object a, Object b) {
    if (a == null) {
      return false;
    }
    if (a instanceof String x && b instanceof String y) {
      return Bytes.compare(x, y) < 0;
    }
    if (Values.isIntegral(a)) {
      if (b instanceof Timestamp) {
        return chronological(a, b) < 0;
      }
      if (Values.isIntegral(b)) {
        return Values.compareIntegral(a, b) < 0;
      }
      return b instanceof Double y ? Values.toDouble(a) < y : lessByProtocol(scope, a, b);
    }
    if (a instanceof Double x && Values.isNumeric(b)) {
      return x < Values.toDouble(b);
    }
    if (a instanceof Timestamp && (b instanceof Timestamp || Values.isNumeric(b))) {
      return chronological(a, b) < 0;
    }
    if (b == null) {
      return false;
    }
    if (b instanceof Long || b instanceof Unsigned) {
      return true;
    }
    if (b instanceof Timestamp && a instanceof Double) {
      return chronological(a, b) < 0;
    }
    return lessByProtocol(scope, a, b);
  }

  private boolean lessByProtocol(Scope scope, Object a, Object b) {
    for (Protocol protocol : protocols) {
      Object result = protocol.less(scope, a, b);
      if (result != Protocol.PASS) {
        return (Boolean) result;
      }
    }
    return false;
  }

  boolean greater(Scope scope, Object a, Object b) {
    if (a == null) {
      return false;
    }
    if (a instanceof String x && b instanceof String y) {
      return Bytes.compare(x, y) > 0;
    }
    if (a instanceof Long || a instanceof Unsigned) {
      if (b instanceof Timestamp) {
        return chronological(a, b) > 0;
      }
      if (b instanceof Long || b instanceof Unsigned) {
        return Values.compareIntegral(a, b) > 0;
      }
      return b instanceof Double y ? Values.toDouble(a) > y : greaterByProtocol(scope, a, b);
    }
    if (a instanceof Double x && Values.isNumeric(b)) {
      return x > Values.toDouble(b);
    }
    if (a instanceof Timestamp && (b instanceof Timestamp || Values.isNumeric(b))) {
      return chronological(a, b) > 0;
    }
    if (b == null) {
      return false;
    }
    if (b instanceof Long || b instanceof Unsigned) {
      // The reference inverts a bool against an integer.
      return !(a instanceof Boolean) || Values.compareIntegral(a, b) < 0;
    }
    if (b instanceof Double y && a instanceof Boolean) {
      return Values.toDouble(a) > y;
    }
    if (b instanceof Timestamp && (a instanceof Boolean || a instanceof Double)) {
      return chronological(a, b) > 0;
    }
    return greaterByProtocol(scope, a, b);
  }

  private boolean greaterByProtocol(Scope scope, Object a, Object b) {
    for (Protocol protocol : protocols) {
      Object result = protocol.greater(scope, a, b);
      if (result != Protocol.PASS) {
        return (Boolean) result;
      }
    }
    return false;
  }

  boolean in(Scope scope, Object a, Object b) {
    if (b == null) {
      return false;
    }
    if (b instanceof Dict dict) {
      return a instanceof String key && dict.has(key);
    }
    if (b instanceof String whole) {
      return a instanceof String part && contains(whole, part);
    }
    if (b instanceof List<?> list) {
      for (Object element : list) {
        if (equal(scope, a, Values.reduce(element))) {
          return true;
        }
      }
      return false;
    }
    for (Protocol protocol : protocols) {
      Object result = protocol.in(scope, a, b);
      if (result != Protocol.PASS) {
        return (Boolean) result;
      }
    }
    return false;
  }

  private static boolean contains(String whole, String part) {
    if (whole.contains(part)) {
      return true;
    }
    // Part of a character is not a substring in UTF-16 but it is one in bytes.
    return !Bytes.printable(part).equals(part) && Bytes.latin1(whole).contains(Bytes.latin1(part));
  }

  boolean matches(Scope scope, Object target, Object pattern) {
    if (!(pattern instanceof String text)) {
      return false;
    }
    if (text.isEmpty() || text.equals(".") || text.equals(".*")) {
      return true;
    }
    return matchesText(scope, target, text, 0);
  }

  private boolean anyMatches(Scope scope, List<?> list, String text, int depth) {
    if (Nesting.exceeded(scope, depth)) {
      return false;
    }
    for (Object element : list) {
      if (matchesText(scope, Values.reduce(element), text, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesText(Scope scope, Object target, String text, int depth) {
    if (target instanceof String string) {
      Patterns.Search search = scope.patterns().search(scope, text);
      return search != null && search.find(scope, string);
    }
    if (target instanceof List<?> list) {
      return depth == Nesting.ROOM
          ? OwnStack.call(() -> anyMatches(scope, list, text, depth))
          : anyMatches(scope, list, text, depth);
    }
    for (Protocol protocol : protocols) {
      Object result = protocol.matches(scope, target, text);
      if (result != Protocol.PASS) {
        return (Boolean) result;
      }
    }
    return false;
  }
}
