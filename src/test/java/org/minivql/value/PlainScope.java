package org.minivql.value;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.minivql.value.text.Text;

/** A scope with variables, a log and the text of values, and nothing else. */
public final class PlainScope {
  private final Map<String, Object> variables;
  private final List<String> log = new ArrayList<>();
  private final Map<Object, Object> state = new HashMap<>();

  private PlainScope(Map<String, Object> variables) {
    this.variables = variables;
  }

  public static Scope create() {
    return new PlainScope(Map.of()).scope();
  }

  public static PlainScope with(Map<String, Object> variables) {
    return new PlainScope(variables);
  }

  public List<String> log() {
    return log;
  }

  public Scope scope() {
    return proxy(Scope.class, this::answer);
  }

  private Object answer(String name, Object[] arguments) {
    return switch (name) {
      case "operators" -> proxy(Operators.class, PlainScope::operator);
      case "resolve", "member" -> variables.getOrDefault((String) arguments[0], Absent.ABSENT);
      case "log" -> log.add((String) arguments[0]);
      case "runState" ->
          state.computeIfAbsent(arguments[0], k -> ((Supplier<?>) arguments[1]).get());
      default -> throw new UnsupportedOperationException(name);
    };
  }

  private static Object operator(String name, Object[] arguments) {
    if (name.equals("text")) {
      return text(arguments[1]);
    }
    throw new UnsupportedOperationException(name);
  }

  private interface Answer {
    Object to(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object value = answer.to(method.getName(), arguments);
              return method.getReturnType() == void.class ? null : value;
            }));
  }

  private static String text(Object value) {
    if (value == null) {
      return "Null";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PlainScope::text).collect(Collectors.joining(" ", "[", "]"));
    }
    return value instanceof Double number ? Text.ofDouble(number) : value.toString();
  }
}
