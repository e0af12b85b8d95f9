package org.minivql.builtin.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Operators;
import org.minivql.value.Scope;

/** Functions about lists and dicts. */
final class TemplateLists {
  private TemplateLists() {}

  static Object call(String name, Operands a) {
    Object value = lists(name, a);
    return value == Absent.ABSENT ? dicts(name, a) : value;
  }

  private static Object lists(String name, Operands a) {
    return switch (name) {
      case "list", "tuple" -> new ArrayList<>(a.all());
      case "first" -> a.list(0).isEmpty() ? null : a.list(0).get(0);
      case "last" -> a.list(0).isEmpty() ? null : a.list(0).get(a.list(0).size() - 1);
      case "rest" -> a.list(0).isEmpty() ? List.of() : a.list(0).subList(1, a.list(0).size());
      case "initial" ->
          a.list(0).isEmpty() ? List.of() : a.list(0).subList(0, a.list(0).size() - 1);
      case "append", "push" -> joined(a.list(0), Collections.singletonList(a.get(1)));
      case "prepend" -> joined(Collections.singletonList(a.get(1)), a.list(0));
      case "concat" -> concat(a);
      case "reverse" -> reversed(a.list(0));
      case "uniq" -> new ArrayList<>(new LinkedHashSet<>(a.list(0)));
      case "compact" -> a.list(0).stream().filter(item -> !a.text(item).isEmpty()).toList();
      case "has" -> contains(a.scope(), a.list(1), a.get(0));
      case "without" -> without(a);
      case "sortAlpha" -> a.list(0).stream().map(a::text).sorted().toList();
      case "join" -> String.join(a.text(0), texts(a));
      case "split", "splitList" -> List.of((Object[]) split(a.text(1), a.text(0)));
      case "slice" -> part(a);
      case "chunk" -> chunks(a.list(1), Math.max(1, a.count(0)));
      default -> Absent.ABSENT;
    };
  }

  private static Object dicts(String name, Operands a) {
    return switch (name) {
      case "dict" -> dict(a);
      case "get" -> a.dict(0).has(a.text(1)) ? a.dict(0).get(a.text(1)) : "";
      case "set" -> a.dict(0).toBuilder().replace(a.text(1), a.get(2)).build();
      case "unset" -> a.dict(0).toBuilder().remove(a.text(1)).build();
      case "hasKey" -> a.dict(0).has(a.text(1));
      case "keys" -> a.dict(0).shape().names();
      case "values" -> new ArrayList<>(a.dict(0).toMap().values());
      case "pick" -> chosen(a, true);
      case "omit" -> chosen(a, false);
      case "merge" -> merged(a);
      case "fromJson", "mustFromJson" -> parsed(a.text(0));
      default -> Absent.ABSENT;
    };
  }

  private static List<Object> joined(List<?> first, List<?> second) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Object> concat(Operands a) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      all.addAll(a.list(i));
    }
    return all;
  }

  private static List<Object> reversed(List<?> list) {
    List<Object> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  private static boolean contains(Scope scope, List<?> list, Object item) {
    Operators operators = scope.operators();
    return list.stream().anyMatch(one -> operators.equal(scope, one, item));
  }

  private static List<Object> without(Operands a) {
    List<Object> kept = new ArrayList<>();
    for (Object item : a.list(0)) {
      if (!contains(a.scope(), a.from(1), item)) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static List<String> texts(Operands a) {
    List<String> texts = new ArrayList<>();
    a.list(1).forEach(item -> texts.add(a.text(item)));
    return texts;
  }

  private static String[] split(String text, String separator) {
    return separator.isEmpty() ? text.split("") : text.split(Pattern.quote(separator), -1);
  }

  private static Object part(Operands a) {
    int size = a.get(0) instanceof String text ? text.length() : a.list(0).size();
    int from = Math.min(size, a.size() > 1 ? a.count(1) : 0);
    int to = Math.min(size, a.size() > 2 ? a.count(2) : size);
    if (a.get(0) instanceof String text) {
      return from >= to ? "" : text.substring(from, to);
    }
    return from >= to ? List.of() : a.list(0).subList(from, to);
  }

  private static List<Object> chunks(List<?> list, int size) {
    List<Object> chunks = new ArrayList<>();
    for (int i = 0; i < list.size(); i += size) {
      chunks.add(list.subList(i, Math.min(list.size(), i + size)));
    }
    return chunks;
  }

  private static Dict dict(Operands a) {
    Dict.Builder members = Dict.builder();
    for (int i = 0; i < a.size(); i += 2) {
      members.replace(a.text(i), i + 1 < a.size() ? a.get(i + 1) : "");
    }
    return members.build();
  }

  private static Dict chosen(Operands a, boolean listed) {
    List<String> names = a.from(1).stream().map(a::text).toList();
    Dict.Builder members = Dict.builder();
    a.dict(0)
        .forEach(
            (name, value) -> {
              if (names.contains(name) == listed) {
                members.set(name, value);
              }
            });
    return members.build();
  }

  private static Dict merged(Operands a) {
    Dict.Builder members = a.dict(0).toBuilder();
    for (int i = 1; i < a.size(); i++) {
      a.dict(i)
          .forEach(
              (name, value) -> {
                if (!members.contains(name)) {
                  members.set(name, value);
                }
              });
    }
    return members.build();
  }

  private static Object parsed(String text) {
    try {
      return Json.parse(text);
    } catch (FormatException e) {
      throw new TemplateException(e.getMessage());
    }
  }
}
