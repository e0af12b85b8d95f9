package org.minivql.builtin.template;

import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** The arguments of a call in a template. */
final class Operands {
  private final Scope scope;
  private final String name;
  private final List<Object> values;

  Operands(Scope scope, String name, List<Object> values) {
    this.scope = scope;
    this.name = name;
    this.values = values;
  }

  Scope scope() {
    return scope;
  }

  int size() {
    return values.size();
  }

  List<Object> all() {
    return values;
  }

  List<Object> from(int index) {
    return values.subList(index, values.size());
  }

  Object get(int index) {
    if (index >= values.size()) {
      throw new TemplateException("wrong number of args for " + name + ": got " + values.size());
    }
    return Values.reduce(values.get(index));
  }

  String text(int index) {
    return text(get(index));
  }

  String text(Object value) {
    if (value == null || value == Absent.ABSENT) {
      return "";
    }
    return scope.operators().text(scope, value);
  }

  /** An integer; a text is read, anything else is 0. */
  long integer(int index) {
    return (long) decimal(index);
  }

  double decimal(int index) {
    return decimal(get(index));
  }

  static double decimal(Object value) {
    if (Values.isNumeric(value)) {
      return Values.toDouble(value);
    }
    if (value instanceof String text && text.matches("[-+]?[0-9]{1,300}(\\.[0-9]*)?")) {
      return Double.parseDouble(text);
    }
    return 0;
  }

  static long integer(Object value) {
    return value instanceof Long number ? number : (long) decimal(value);
  }

  int count(int index) {
    return (int) Math.max(0, Math.min(integer(index), 1_000_000));
  }

  List<?> list(int index) {
    Object value = get(index);
    if (value instanceof List<?> list) {
      return list;
    }
    if (value == null || value == Absent.ABSENT) {
      return List.of();
    }
    throw new TemplateException(name + ": wants a list");
  }

  Dict dict(int index) {
    Object value = get(index);
    if (value instanceof Dict dict) {
      return dict;
    }
    Dict.Builder copy = Dict.builder();
    if (value instanceof Members members) {
      members.memberNames().forEach(member -> copy.set(member, members.member(member)));
    }
    return copy.build();
  }
}
