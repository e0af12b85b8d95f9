package org.minivql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** Values of an application as VQL values. */
final class HostValues {
  private HostValues() {}

  /**
   * Maps numbers, text, maps, iterables, arrays of bytes, records and times; VQL values stay as
   * they are.
   */
  static Object toVql(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof BigInteger number) {
      return number.bitLength() < 64 ? (Object) number.longValue() : number.doubleValue();
    }
    if (value instanceof BigDecimal number) {
      return number.doubleValue();
    }
    if (value instanceof Instant instant) {
      return Timestamp.utc(instant);
    }
    if (value instanceof ZonedDateTime time) {
      return new Timestamp(time.toInstant(), time.getZone());
    }
    if (value instanceof byte[] bytes) {
      return Bytes.decode(bytes);
    }
    if (value instanceof Enum<?> || value instanceof Character) {
      return value.toString();
    }
    return composite(value);
  }

  private static Object composite(Object value) {
    if (value instanceof Map<?, ?> map) {
      Dict.Builder dict = Dict.builder();
      map.forEach((key, item) -> dict.set(String.valueOf(key), toVql(item)));
      return dict.build();
    }
    if (value instanceof Iterable<?> items) {
      List<Object> list = new ArrayList<>();
      items.forEach(item -> list.add(toVql(item)));
      return list;
    }
    if (value instanceof Object[] items) {
      return toVql(java.util.Arrays.asList(items));
    }
    boolean known = value instanceof Timestamp || value instanceof org.minivql.value.Displayed;
    return value instanceof Record object && !known && !isOurs(object) ? record(object) : value;
  }

  private static boolean isOurs(Record object) {
    return object.getClass().getName().startsWith("org.minivql.");
  }

  private static Dict record(Record object) {
    Dict.Builder dict = Dict.builder();
    for (RecordComponent component : object.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        dict.set(component.getName(), toVql(component.getAccessor().invoke(object)));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalArgumentException("cannot read " + component, e);
      }
    }
    return dict.build();
  }
}
