package org.minivql.builtin.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;

/** The operations of RFC 6902 and the merge of RFC 7396 on immutable documents. */
final class JsonPatch {
  /** What happens at the end of a path. */
  private enum Change {
    ADD,
    REMOVE,
    REPLACE
  }

  private JsonPatch() {}

  /** The target with a merge patch applied: NULL removes a member. */
  static Object merge(Object target, Object patch) {
    if (!(patch instanceof Dict changes)) {
      return patch;
    }
    Dict.Builder result = target instanceof Dict dict ? dict.toBuilder() : Dict.builder();
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            result.remove(name);
          } else {
            Object before = target instanceof Dict dict ? dict.get(name) : null;
            result.replace(name, merge(before, value));
          }
        });
    return result.build();
  }

  /** The document after one operation. */
  static Object apply(Object document, Dict operation) {
    List<String> path = pointer(operation, "path");
    return switch (text(operation, "op")) {
      case "add" -> change(document, path, 0, Change.ADD, operation.get("value"));
      case "remove" -> change(document, path, 0, Change.REMOVE, null);
      case "replace" -> change(document, path, 0, Change.REPLACE, operation.get("value"));
      case "copy" -> {
        Object value = at(document, pointer(operation, "from"));
        yield change(document, path, 0, Change.ADD, value);
      }
      case "move" -> {
        List<String> from = pointer(operation, "from");
        Object value = at(document, from);
        yield change(change(document, from, 0, Change.REMOVE, null), path, 0, Change.ADD, value);
      }
      case "test" -> {
        if (!Objects.equals(at(document, path), operation.get("value"))) {
          throw new ArgumentException("test of " + operation.get("path") + " failed");
        }
        yield document;
      }
      default -> throw new ArgumentException("unknown operation " + operation.get("op"));
    };
  }

  private static String text(Dict operation, String name) {
    if (operation.get(name) instanceof String text) {
      return text;
    }
    throw new ArgumentException("an operation needs " + name);
  }

  private static List<String> pointer(Dict operation, String name) {
    String text = text(operation, name);
    List<String> path = new ArrayList<>();
    if (text.isEmpty()) {
      return path;
    }
    if (!text.startsWith("/")) {
      throw new ArgumentException("the path " + text + " does not begin with a slash");
    }
    for (String part : text.substring(1).split("/", -1)) {
      path.add(part.replace("~1", "/").replace("~0", "~"));
    }
    return path;
  }

  private static Object at(Object document, List<String> path) {
    Object value = document;
    for (String part : path) {
      if (value instanceof Dict dict && dict.has(part)) {
        value = dict.get(part);
      } else if (value instanceof List<?> list) {
        value = list.get(index(part, list.size() - 1));
      } else {
        throw missing(part);
      }
    }
    return value;
  }

  private static Object change(
      Object node, List<String> path, int depth, Change change, Object value) {
    if (depth == path.size()) {
      return change == Change.REMOVE ? null : value;
    }
    String part = path.get(depth);
    boolean last = depth == path.size() - 1;
    if (node instanceof Dict dict) {
      boolean there = dict.has(part);
      if (!there && !(last && change == Change.ADD)) {
        throw missing(part);
      }
      if (last && change == Change.REMOVE) {
        return dict.toBuilder().remove(part).build();
      }
      Object inner = change(dict.get(part), path, depth + 1, change, value);
      return dict.toBuilder().replace(part, inner).build();
    }
    if (node instanceof List<?> list) {
      return element(new ArrayList<>(list), path, depth, change, value);
    }
    throw missing(part);
  }

  private static List<Object> element(
      List<Object> list, List<String> path, int depth, Change change, Object value) {
    String part = path.get(depth);
    boolean last = depth == path.size() - 1;
    if (last && change == Change.ADD) {
      list.add(part.equals("-") ? list.size() : index(part, list.size()), value);
      return list;
    }
    int index = index(part, list.size() - 1);
    if (last && change == Change.REMOVE) {
      list.remove(index);
    } else {
      list.set(index, change(list.get(index), path, depth + 1, change, value));
    }
    return list;
  }

  private static int index(String part, int highest) {
    if (!part.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(part) > highest) {
      throw missing(part);
    }
    return Integer.parseInt(part);
  }

  private static ArgumentException missing(String part) {
    return new ArgumentException("there is nothing at " + part);
  }
}
