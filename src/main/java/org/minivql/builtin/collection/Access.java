package org.minivql.builtin.collection;

import java.util.List;
import java.util.UUID;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.StoredExpression;
import org.minivql.value.Values;

/** Looking into values. */
final class Access {
  private Access() {}

  @VqlFunction(
      name = "get",
      doc =
          "The member of a value at a path of names with dots, or under a single key; a default"
              + " where there is none.",
      examples = {
        "get(item=dict(a=dict(b=5)), member='a.b') => 5",
        "get(item=dict(`a.b`=5), field='a.b') => 5",
        "get(item=dict(a=1), field='z', default='none') => \"none\"",
        "get(item=dict(a=NULL), field='a', default='none') => null",
        "get(item=(dict(a=1), dict(a=2)), member='a') => [1,2]",
        "get(item=(5, 6, 7), field=1) => 6",
        "get(item=dict(a=1)) => null"
      })
  static Object get(
      CallContext context,
      @Arg("Where to look; the scope where it is not given.") Object item,
      @Arg("One key of any type.") Object field,
      @Arg("Names with dots between them.") String member,
      @Arg(value = "The value where there is none.", name = "default") Object otherwise) {
    Scope scope = context.scope();
    Object value = item == Absent.ABSENT ? scope : item;
    List<Object> path;
    if (field != null && field != Absent.ABSENT) {
      path = List.of(field);
    } else if (member != null && !member.isEmpty()) {
      path = List.of((Object[]) member.split("\\.", -1));
    } else {
      throw new ArgumentException("either Field or Member should be specified.");
    }
    for (Object key : path) {
      if (value == null) {
        return null;
      }
      value = step(scope, value, key);
      if (value == Absent.ABSENT) {
        return otherwise == Absent.ABSENT ? null : otherwise;
      }
    }
    return value;
  }

  private static Object step(Scope scope, Object value, Object key) {
    boolean index =
        value instanceof List<?> && key instanceof String text && text.matches("-?[0-9]{1,18}");
    Object found =
        scope.operators().get(scope, value, index ? (Object) Long.valueOf((String) key) : key);
    Object reduced = Values.reduce(found);
    return reduced instanceof StoredExpression expression ? expression.evaluate(scope) : reduced;
  }

  @VqlFunction(
      name = "typeof",
      doc = "The name of the type of its first argument.",
      examples = {
        "typeof(a=1) => \"int64\"",
        "typeof(a='x') => \"string\"",
        "typeof(a={SELECT 1 FROM scope()}) => \"[]types.Row\""
      })
  static Object typeof(CallContext context, @AllArgs("One value.") Dict values) {
    Scope scope = context.scope();
    Object value = values.size() == 0 ? null : values.cell(0);
    if (Values.isQuery(value)) {
      return Values.typeName(List.of());
    }
    return Values.typeName(scope.operators().normalise(scope, value));
  }

  @VqlFunction(
      name = "uuid",
      doc = "A random identifier of 36 characters (version 4).",
      examples = "len(list=uuid()) => 36")
  static Object uuid(CallContext context) {
    long high = context.scope().random().nextLong();
    long low = context.scope().random().nextLong();
    high = high & ~0xf000L | 0x4000L;
    low = low & 0x3fffffffffffffffL | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }
}
