package org.minivql.value;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Collectors;

/** A scope that can give values their text and nothing else. */
final class PlainScope {
  private PlainScope() {}

  static Scope create() {
    Operators operators =
        proxy(
            Operators.class,
            (name, arguments) -> {
              if (name.equals("text")) {
                return text(arguments[1]);
              }
              throw new UnsupportedOperationException(name);
            });
    return proxy(
        Scope.class,
        (name, arguments) -> {
          if (name.equals("operators")) {
            return operators;
          }
          throw new UnsupportedOperationException(name);
        });
  }

  private interface Answer {
    Object to(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method.getName(), arguments)));
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
