package org.minivql.builtin.collection;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** Making lists and choosing from them. */
final class Lists {
  private Lists() {}

  @VqlFunction(
      name = "array",
      doc =
          "The list of all arguments in order; a list or query given as _ puts its elements in"
              + " front.",
      logName = "ERROR:alert",
      examples = {
        "array(a=1, b='x') => [1,\"x\"]",
        "array(_=(1, 2), c=3) => [1,2,3]",
        "array(a=(1, 2), b=3) => [[1,2],3]",
        "array() => []"
      })
  static Object array(CallContext context, @AllArgs("The elements.") Dict elements) {
    Scope scope = context.scope();
    List<Object> list = new ArrayList<>();
    if (elements.has("_")) {
      Object first = scope.operators().normalise(scope, elements.get("_"));
      if (first instanceof List<?> several) {
        list.addAll(several);
      } else {
        list.add(first);
      }
    }
    elements.forEach(
        (name, value) -> {
          if (!name.equals("_")) {
            list.add(scope.operators().normalise(scope, value));
          }
        });
    return list;
  }

  @VqlFunction(
      name = "slice",
      doc = "The elements of a list, the bytes of a text or the names of a dict in a range.",
      examples = {
        "slice(list=(5, 6, 7, 8), start=1, end=3) => [6,7]",
        "slice(list='vql', start=1, end=9) => [113,108]",
        "slice(list=dict(a=1, b=2), start=0, end=1) => [\"a\"]",
        "slice(list=(5, 6), start=-1, end=2) => []"
      })
  static Object slice(
      @Arg(value = "A list, text or dict.", required = true) Object list,
      @Arg(value = "The first index.", required = true) long start,
      @Arg(value = "The index after the last.", required = true) long end) {
    List<Object> all = elements(list);
    // A negative bound is a huge unsigned one.
    int from = start < 0 || start > all.size() ? all.size() : (int) start;
    int to = end < 0 || end > all.size() ? all.size() : (int) end;
    return from >= to ? List.of() : new ArrayList<>(all.subList(from, to));
  }

  private static List<Object> elements(Object value) {
    List<Object> elements = new ArrayList<>();
    if (value instanceof List<?> list) {
      elements.addAll(list);
    } else if (value instanceof String text) {
      for (byte b : Bytes.encode(text)) {
        elements.add((long) (b & 0xff));
      }
    } else if (value instanceof Dict dict) {
      elements.addAll(dict.shape().names());
    }
    return elements;
  }

  @VqlFunction(
      name = "filter",
      doc = "The elements that match a pattern or meet a condition.",
      examples = {
        "filter(list=('ab', 'cb', 'AC'), regex='^a') => [\"ab\",\"AC\"]",
        "filter(list=(1, 2, 3), condition='x=>x > 1') => [2,3]",
        "filter(list=NULL) => []"
      })
  static Object filter(
      CallContext context,
      @Arg(value = "The elements.", required = true) List<Object> list,
      @Arg("Keeps what matches.") String regex,
      @Arg("Keeps the elements for which it is true.") Lambda condition) {
    Scope scope = context.scope();
    boolean pattern = regex != null && !regex.isEmpty();
    if (pattern && condition != null) {
      context.append(
          "ERROR:filter: Both regex and condition are specified - Will only use the condition and"
              + " ignore regex!");
    }
    List<Object> kept = new ArrayList<>();
    for (Object raw : list) {
      Object item = Values.reduce(raw);
      boolean keep = true;
      if (condition != null) {
        keep = scope.operators().truth(scope, condition.call(scope, item));
      } else if (pattern) {
        keep = scope.operators().matches(context.about(), item, regex);
      }
      if (keep) {
        kept.add(item);
      }
    }
    return list.size() == 1 && list.get(0) == null ? List.of() : kept;
  }
}
