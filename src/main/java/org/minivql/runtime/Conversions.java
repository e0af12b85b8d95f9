package org.minivql.runtime;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.ArgType;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.DictList;
import org.minivql.spi.StringList;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Lazy;
import org.minivql.value.Materialized;
import org.minivql.value.Members;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;
import org.minivql.value.time.Times;

/** How the value of an argument becomes what the body of a builtin receives. */
public final class Conversions {
  private Conversions() {}

  /**
   * Converts a value.
   *
   * @return the converted value
   * @throws ArgumentException when the type does not accept it; the message lacks the field's name
   */
  public static Object convert(Frame scope, ArgType type, Object raw) {
    if (type == ArgType.LAZY) {
      return raw instanceof Lazy lazy ? lazy : (Lazy) () -> raw;
    }
    if (fits(type, raw)) {
      return raw;
    }
    Object value = Values.reduce(raw);
    return switch (type) {
      case ANY -> value instanceof Materialized rows ? rows.rows() : value;
      case INT -> {
        if (!Values.isNumeric(value)) {
          throw mismatch("an int", value);
        }
        yield Values.toLong(value);
      }
      case FLOAT -> {
        if (!Values.isNumeric(value)) {
          throw mismatch("a float", value);
        }
        yield Values.toDouble(value);
      }
      case BOOL -> scope.operators().truth(scope, value);
      case STRING -> string(scope, value);
      case STRING_LIST -> strings(scope, value);
      case LIST -> list(value);
      case DICT -> dict(value);
      case DICT_LIST -> dicts(value);
      case QUERY -> Queries.of(value);
      case TIME -> Times.parse(scope, value);
      case LAMBDA -> lambda(scope, value);
      default -> throw new IllegalStateException("no conversion to " + type);
    };
  }

  /**
   * Whether {@link #convert} leaves such a value as it is: most are, and can be told at a glance.
   */
  public static boolean fits(ArgType type, Object raw) {
    return type == ArgType.ANY && Values.isPlain(raw)
        || type == ArgType.STRING && raw instanceof String
        || type == ArgType.INT && raw instanceof Long;
  }

  private static ArgumentException mismatch(String wanted, Object value) {
    return new ArgumentException("should be " + wanted + " not " + Values.typeName(value) + ".");
  }

  private static String string(Scope scope, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value == null) {
      return "";
    }
    if (value instanceof List<?> list) {
      StringList strings = strings(scope, list);
      if (strings.size() == 1) {
        return strings.get(0);
      }
    }
    return scope.operators().text(scope, value);
  }

  private static StringList strings(Scope scope, Object value) {
    Object source = value instanceof Materialized rows ? rows.rows() : value;
    List<String> strings = new ArrayList<>();
    if (source instanceof List<?> list) {
      for (Object element : list) {
        strings.add(element(scope, Values.reduce(element)));
      }
    } else {
      strings.add(scope.operators().text(scope, source));
    }
    return new StringList(strings);
  }

  private static String element(Scope scope, Object element) {
    if (element instanceof Dict dict && dict.size() == 1 && dict.cell(0) instanceof String text) {
      return text;
    }
    return scope.operators().text(scope, element);
  }

  private static List<Object> list(Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof Materialized rows) {
      return rows.rows();
    }
    List<Object> one = new ArrayList<>(1);
    one.add(value);
    return one;
  }

  private static Dict dict(Object value) {
    if (value instanceof Dict dict) {
      return dict.snapshot();
    }
    if (isScalar(value)) {
      throw mismatch("a dict", value);
    }
    return value instanceof Members members ? copy(members) : Dict.EMPTY;
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Long || value instanceof Unsigned;
  }

  private static Dict copy(Members members) {
    Dict.Builder builder = Dict.builder();
    for (String name : members.memberNames()) {
      Object member = members.member(name);
      if (member != Absent.ABSENT) {
        builder.set(name, Values.reduce(member));
      }
    }
    return builder.build();
  }

  private static DictList dicts(Object value) {
    List<Dict> dicts = new ArrayList<>();
    for (Object element : list(value)) {
      Object item = Values.reduce(element);
      if (item != null) {
        dicts.add(isScalar(item) ? Dict.EMPTY : dict(item));
      }
    }
    return new DictList(dicts);
  }

  private static Lambda lambda(Frame scope, Object value) {
    if (value instanceof Lambda lambda) {
      return lambda;
    }
    if (!(value instanceof String text)) {
      throw new ArgumentException(
          "Got field type "
              + Values.typeName(value)
              + ": VQL lambda functions need to be a string of the form \"x=>...\"");
    }
    return lambda(scope, text);
  }

  /** The lambda of a text; compiled once in a run. */
  public static Lambda lambda(Frame scope, String text) {
    return scope.runState(
        List.of(Lambda.class, text), () -> scope.query().settings().lambdas().apply(text));
  }
}
