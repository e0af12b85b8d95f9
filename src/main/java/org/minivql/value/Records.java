package org.minivql.value;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Makes records of an application out of rows. */
final class Records {
  private Records() {}

  static <R extends Record> R of(Row row, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components[i];
      Object value = row.get(column(row, component.getName()));
      try {
        values[i] = convert(value, component.getType());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            type.getSimpleName() + "." + component.getName() + ": " + e.getMessage(), e);
      }
    }
    return make(type, components, values);
  }

  private static String column(Row row, String component) {
    if (!row.has(component)) {
      for (String column : row.columns()) {
        if (column.equalsIgnoreCase(component)) {
          return column;
        }
      }
    }
    return component;
  }

  private static <R extends Record> R make(
      Class<R> type, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " refuses its values: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(type.getSimpleName() + " cannot be made: " + e, e);
    }
  }

  private static Object convert(Object value, Class<?> type) {
    if (value == null) {
      if (type.isPrimitive()) {
        throw new IllegalArgumentException("NULL is no " + type.getSimpleName());
      }
      return null;
    }
    if (value instanceof Timestamp time && type == Instant.class) {
      return time.instant();
    }
    if (value instanceof Dict dict && type.isRecord()) {
      return of(dict, type.asSubclass(Record.class));
    }
    if (value instanceof Dict dict && type == Map.class) {
      return dict.toMap();
    }
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    Object fitting = value instanceof Number number ? number(number, boxed) : value;
    if (!boxed.isInstance(fitting)) {
      throw new IllegalArgumentException(Values.typeName(value) + " is no " + type.getSimpleName());
    }
    return fitting;
  }

  /** A number in the type that is asked for; the number itself where that is another kind. */
  private static Object number(Number number, Class<?> type) {
    if (type == Double.class) {
      return number.doubleValue();
    }
    if (type != Integer.class || !(number instanceof Long whole)) {
      return number;
    }
    if (whole != whole.intValue()) {
      throw new IllegalArgumentException(whole + " is no int");
    }
    return whole.intValue();
  }
}
