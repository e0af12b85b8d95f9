package org.minivql.value;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Values of an application as VQL values.
 *
 * @since 0.1.0
 */
public final class HostValues {
  private HostValues() {}

  /**
   * The VQL value of a value of an application:
   *
   * <ul>
   *   <li>whole numbers become integers of 64 bits, with a sign or without ({@link Unsigned}),
   *       larger ones and fractions floats;
   *   <li>{@code Instant}, {@code Date} and times with a zone become times; other times, spans of
   *       time, paths, URIs, UUIDs, characters and enums become their text;
   *   <li>arrays of bytes become strings; other arrays and iterables become lists;
   *   <li>maps and records (by their components) become dicts; an {@code Optional} becomes what it
   *       holds, or NULL;
   *   <li>VQL values, null and everything else stay as they are: a program cannot look into them.
   * </ul>
   *
   * @throws IllegalArgumentException when a record cannot be read, or a value holds itself
   */
  public static Object toVql(Object value) {
    return toVql(value, false);
  }

  /**
   * The same, except that beans become dicts too: of their public getters, in the order of the
   * alphabet. An application calls this for what it means to show to programs.
   *
   * @throws IllegalArgumentException when a bean or record cannot be read, or a value holds itself
   */
  public static Object beans(Object value) {
    return toVql(value, true);
  }

  private static Object toVql(Object value, boolean beans) {
    try {
      return toVql(value, 0, beans);
    } catch (StackOverflowError e) {
      return OwnStack.call(() -> toVql(value, 0, beans));
    }
  }

  private static Object toVql(Object value, int depth, boolean beans) {
    if (value == null || value instanceof String || value instanceof Long) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    Object time = time(value);
    if (time != null) {
      return time;
    }
    if (value instanceof byte[] bytes) {
      return Bytes.decode(bytes);
    }
    return isText(value) ? value.toString() : composite(value, depth, beans);
  }

  private static Object number(Number number) {
    if (number instanceof BigInteger big) {
      return Unsigned.of(big);
    }
    boolean fraction =
        number instanceof Double || number instanceof Float || number instanceof BigDecimal;
    boolean known = number.getClass().getName().startsWith("java.");
    return fraction ? (Object) number.doubleValue() : known ? number.longValue() : number;
  }

  private static Timestamp time(Object value) {
    if (value instanceof Instant instant) {
      return Timestamp.utc(instant);
    }
    if (value instanceof ZonedDateTime time) {
      return new Timestamp(time.toInstant(), time.getZone());
    }
    if (value instanceof OffsetDateTime time) {
      return new Timestamp(time.toInstant(), time.getOffset());
    }
    return value instanceof Date date ? Timestamp.utc(Instant.ofEpochMilli(date.getTime())) : null;
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof TemporalAccessor
        || value instanceof TemporalAmount
        || value instanceof Path
        || value instanceof URI
        || value instanceof UUID;
  }

  private static Object composite(Object value, int depth, boolean beans) {
    if (isOurs(value.getClass())) {
      return value;
    }
    if (depth > Nesting.DEEPEST) {
      throw new IllegalArgumentException("a value holds itself, or is nested too deeply");
    }
    int below = depth + 1;
    if (value instanceof Map<?, ?> map) {
      Dict.Builder dict = Dict.builder();
      map.forEach((key, item) -> dict.set(String.valueOf(key), toVql(item, below, beans)));
      return dict.build();
    }
    if (value instanceof Iterable<?> items) {
      List<Object> list = new ArrayList<>();
      items.forEach(item -> list.add(toVql(item, below, beans)));
      return list;
    }
    if (value.getClass().isArray()) {
      return array(value, below, beans);
    }
    if (value instanceof Optional<?> held) {
      return toVql(held.orElse(null), below, beans);
    }
    if (value instanceof Record object) {
      return record(object, below, beans);
    }
    return beans ? bean(value, below) : value;
  }

  /** Whether a value is one of VQL already: its class or something above it is part of MiniVQL. */
  private static boolean isOurs(Class<?> type) {
    if (type == null) {
      return false;
    }
    return type.getPackageName().startsWith("org.minivql.value")
        || isOurs(type.getSuperclass())
        || Arrays.stream(type.getInterfaces()).anyMatch(HostValues::isOurs);
  }

  private static List<Object> array(Object array, int depth, boolean beans) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      list.add(toVql(Array.get(array, i), depth, beans));
    }
    return list;
  }

  private static Dict record(Record object, int depth, boolean beans) {
    Dict.Builder dict = Dict.builder();
    for (RecordComponent component : object.getClass().getRecordComponents()) {
      dict.set(component.getName(), toVql(call(component.getAccessor(), object), depth, beans));
    }
    return dict.build();
  }

  /** A dict of the properties; the object itself where it has none, or belongs to the JDK. */
  private static Object bean(Object object, int depth) {
    Map<String, Method> getters = new TreeMap<>();
    if (!object.getClass().getName().startsWith("java")) {
      for (Method method : object.getClass().getMethods()) {
        String property = property(method);
        if (property != null) {
          getters.put(property, method);
        }
      }
    }
    if (getters.isEmpty()) {
      return object;
    }
    Dict.Builder dict = Dict.builder();
    getters.forEach((name, getter) -> dict.set(name, toVql(call(getter, object), depth, true)));
    return dict.build();
  }

  private static String property(Method method) {
    String name = method.getName();
    boolean truth = name.startsWith("is") && method.getReturnType() == boolean.class;
    int prefix = truth ? 2 : name.startsWith("get") ? 3 : 0;
    boolean getter =
        prefix > 0
            && name.length() > prefix
            && method.getParameterCount() == 0
            && method.getReturnType() != void.class
            && method.getDeclaringClass() != Object.class
            && !Modifier.isStatic(method.getModifiers());
    return getter
        ? name.substring(prefix, prefix + 1).toLowerCase(Locale.ROOT) + name.substring(prefix + 1)
        : null;
  }

  private static Object call(Method method, Object object) {
    try {
      method.setAccessible(true);
      return method.invoke(object);
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      throw new IllegalArgumentException("cannot read " + method, e);
    }
  }
}
