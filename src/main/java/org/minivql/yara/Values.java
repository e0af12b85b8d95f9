package org.minivql.yara;

/** Arithmetic and comparison of conditions; what cannot be done is undefined, which is null. */
final class Values {
  private Values() {}

  static Object arithmetic(String sign, Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return integers(sign, x, y);
    }
    if (!(a instanceof Number x) || !(b instanceof Number y)) {
      return null;
    }
    double left = x.doubleValue();
    double right = y.doubleValue();
    return switch (sign) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "\\" -> right == 0 ? null : (Object) (left / right);
      default -> null;
    };
  }

  private static Object integers(String sign, long a, long b) {
    return switch (sign) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "\\" -> b == 0 ? null : (Object) (a / b);
      case "%" -> b == 0 ? null : (Object) (a % b);
      case "&" -> a & b;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "<<" -> b < 0 ? null : (Object) (b > 63 ? 0L : a << b);
      default -> b < 0 ? null : (Object) (b > 63 ? 0L : a >> b);
    };
  }

  static Object compare(String sign, Object a, Object b) {
    if (a == null || b == null) {
      return null;
    }
    int order;
    if (a instanceof String x && b instanceof String y) {
      order = x.compareTo(y);
    } else if (a instanceof Long x && b instanceof Long y) {
      order = Long.compare(x, y);
    } else if (a instanceof Number x && b instanceof Number y) {
      order = Double.compare(x.doubleValue(), y.doubleValue());
    } else if (a instanceof Boolean x && b instanceof Boolean y) {
      order = Boolean.compare(x, y);
    } else {
      return null;
    }
    return switch (sign) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** {@code contains} and its kind; a leading i does not look at the case. */
  static Object text(String operator, Object a, Object b) {
    if (!(a instanceof String x) || !(b instanceof String y)) {
      return null;
    }
    boolean fold = operator.startsWith("i");
    String left = fold ? Scan.fold(x) : x;
    String right = fold ? Scan.fold(y) : y;
    return switch (operator) {
      case "contains", "icontains" -> left.contains(right);
      case "startswith", "istartswith" -> left.startsWith(right);
      case "endswith", "iendswith" -> left.endsWith(right);
      default -> left.equals(right);
    };
  }

  /** The integer at a place: {@code uint16be} and its kind; null beyond the end. */
  static Object integer(String type, String data, Object at) {
    int bits = Integer.parseInt(type.replaceAll("\\D", ""));
    int bytes = bits / 8;
    if (!(at instanceof Long offset) || offset < 0 || offset > data.length() - bytes) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      int index = (int) (long) offset + (type.endsWith("be") ? i : bytes - 1 - i);
      value = value << 8 | data.charAt(index) & 0xff;
    }
    int unused = 64 - bits;
    return type.startsWith("u") ? value : (Object) (value << unused >> unused);
  }
}
