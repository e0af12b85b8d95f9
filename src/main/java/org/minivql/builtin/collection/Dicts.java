package org.minivql.builtin.collection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Settable;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;
import org.minivql.value.time.Times;

/** Making dicts, taking them apart, changing and comparing them. */
final class Dicts {
  private static final Shape ITEM = Shape.of("_key", "_value");
  private static final Shape VALUE = Shape.of("_value");

  private Dicts() {}

  @VqlFunction(
      name = "to_dict",
      doc =
          "A dict of the rows of a query, which give _key and _value, or of the members of another"
              + " value. Rows whose _key is not a text are left out.",
      examples = {
        "to_dict(item={SELECT 'k' AS _key, 7 AS _value FROM scope()}) => {\"k\":7}",
        "to_dict(item={SELECT _value AS _key, 1 AS _value FROM range(end=2)}) => {}",
        "to_dict(item=dict(a=1)) => {\"a\":1}",
        "to_dict(item=timestamp(epoch=1299308889)).Year => 2011",
        "to_dict(item=5) => {}"
      })
  static Object toDict(CallContext context, @Arg("A query or another value.") Object item) {
    Scope scope = context.scope();
    Dict.Builder result = Dict.builder();
    if (item instanceof List<?> || Values.isQuery(item)) {
      scope
          .operators()
          .iterate(
              scope,
              item,
              row -> {
                if (row instanceof Members members) {
                  add(result, members);
                }
                return true;
              });
    } else if (item instanceof Members members) {
      for (String name : members.memberNames()) {
        Object value = Values.reduce(members.member(name));
        if (value != Absent.ABSENT) {
          result.set(name, value);
        }
      }
    } else if (item instanceof Timestamp time) {
      for (String name : Times.MEMBERS) {
        result.set(name, scope.operators().get(scope, time, name));
      }
    }
    return Dict.open(result.build());
  }

  private static void add(Dict.Builder result, Members row) {
    Object value = Values.reduce(row.member("_value"));
    if (Values.reduce(row.member("_key")) instanceof String key && !key.isEmpty()) {
      result.set(key, value == Absent.ABSENT ? null : value);
    }
  }

  @VqlFunction(
      name = "lazy_dict",
      doc = "A dict whose queries are not run: all arguments of a call, given as `**`.",
      examples = "lazy_dict(a=1, b='x') => {\"a\":1,\"b\":\"x\"}")
  static Object lazyDict(@AllArgs("The members.") Dict members) {
    return members;
  }

  @VqlFunction(
      name = "items",
      doc = "The members of a dict as a list of dicts with _key and _value.",
      examples = {
        "items(item=dict(a=1)) => [{\"_key\":\"a\",\"_value\":1}]",
        "items(item=7) => [{\"_value\":7}]",
        "items(item={SELECT 1 AS A FROM scope()}) => [{\"_value\":[{\"A\":1}]}]"
      })
  static Object items(CallContext context, @Arg("The dict.") Object item) {
    List<Object> items = new ArrayList<>();
    if (item instanceof Dict dict) {
      dict.forEach((name, value) -> items.add(Dict.over(ITEM, name, Values.reduce(value))));
    } else {
      Scope scope = context.scope();
      Object value = item == Absent.ABSENT ? null : scope.operators().normalise(scope, item);
      items.add(Dict.over(VALUE, value));
    }
    return items;
  }

  @VqlPlugin(
      name = "items",
      doc =
          "A row for each member of a dict, element of a list or row of a query, with its name or"
              + " number.",
      columns = {"_key", "_value"},
      examples = {
        "SELECT * FROM items(item=dict(a=1, b=2))"
            + " => [{\"_key\":\"a\",\"_value\":1},{\"_key\":\"b\",\"_value\":2}]",
        "SELECT * FROM items(item=('x', 'y'))"
            + " => [{\"_key\":0,\"_value\":\"x\"},{\"_key\":1,\"_value\":\"y\"}]"
      })
  static void items(
      CallContext context, Sink out, @Arg("A dict, list, query or time.") Object item) {
    Scope scope = context.scope();
    if (item instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (!out.row(Dict.over(ITEM, (long) i, Values.reduce(list.get(i))))) {
          return;
        }
      }
    } else if (Values.isQuery(item)) {
      long[] number = {0};
      scope.operators().iterate(scope, item, row -> out.row(Dict.over(ITEM, number[0]++, row)));
    } else if (item instanceof Timestamp time) {
      for (String name : Times.MEMBERS) {
        if (!out.row(Dict.over(ITEM, name, scope.operators().get(scope, time, name)))) {
          return;
        }
      }
    } else if (item instanceof Members members) {
      members(members, out);
    }
  }

  private static void members(Members members, Sink out) {
    for (String name : members.memberNames()) {
      Object value = Values.reduce(members.member(name));
      if (value != Absent.ABSENT && !out.row(Dict.over(ITEM, name, value))) {
        return;
      }
    }
  }

  @VqlFunction(
      name = "set",
      doc =
          "Sets a member of the dict or cache, which is changed for all who hold it, and is that"
              + " dict; a member that was there moves to the end. A row or what the host keeps stays"
              + " as it is: the result is a copy.",
      examples = {
        "set(item=dict(a=1, b=2), field='a', value=3) => {\"b\":2,\"a\":3}",
        "set(item=dict(), field='q', value={SELECT 1 AS A FROM scope()})"
            + " => {\"q\":[{\"A\":1}]}",
        "set(item=5, field='a', value=1) => null"
      })
  static Object set(
      CallContext context,
      @Arg(value = "A dict or a cache.", required = true) Object item,
      @Arg(value = "The name of the member.", required = true) String field,
      @Arg(value = "The new value.", required = true) Object value) {
    if (item instanceof Settable target) {
      target.set(field, value);
      return item;
    }
    if (item instanceof Dict dict) {
      Object member = context.scope().operators().normalise(context.scope(), value);
      return dict.put(field, member) ? dict : Dict.open(dict.with(field, member));
    }
    throw new ArgumentException(
        "Item type " + Values.typeName(item) + " not supported. set() expects a dict");
  }

  @VqlFunction(
      name = "similarity",
      doc = "The share of the members of two dicts that both have with equal values.",
      onError = ErrorValue.ZERO,
      examples = {
        "similarity(set1=dict(a=1, b=2), set2=dict(a=1, b=3)) => 0.5",
        "similarity(set1=dict(), set2=dict()) => 0"
      })
  static Object similarity(
      CallContext context,
      @Arg(value = "A dict.", required = true) Dict set1,
      @Arg(value = "Another dict.", required = true) Dict set2) {
    Scope scope = context.scope();
    Set<String> names = new LinkedHashSet<>(set1.shape().names());
    names.addAll(set2.shape().names());
    if (names.isEmpty()) {
      return 0.0;
    }
    int different = 0;
    for (String name : names) {
      boolean both = set1.has(name) && set2.has(name);
      if (!both || !scope.operators().equal(scope, set1.get(name), set2.get(name))) {
        different++;
      }
    }
    return 1 - (double) different / names.size();
  }
}
