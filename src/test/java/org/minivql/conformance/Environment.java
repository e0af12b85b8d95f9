package org.minivql.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.minivql.Profile;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.spi.ArgType;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.FunctionBody;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.Parameter;
import org.minivql.spi.PluginBody;
import org.minivql.spi.Signature;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** One of the environments that cases run in: an engine, its variables, and what it noticed. */
final class Environment {
  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final List<String> markers = new ArrayList<>();
  boolean panicked;

  private final HostCatalog catalog = HostCatalog.create();
  private final List<Object> layers = new ArrayList<>();
  private long counter;
  private long methodCalls;
  private long pluginCalls;

  static Environment of(String name) {
    Environment environment = new Environment();
    switch (name) {
      case "bare", "explain" -> {}
      case "exec" -> environment.exec();
      case "test" -> {
        environment.exec();
        environment.test();
      }
      case "plugin" -> environment.plugin("test_plugin", Environment::nineRows);
      case "destructor" -> environment.destructor();
      case "args" -> environment.args();
      case "lazy" -> environment.lazy();
      default -> throw new IllegalArgumentException("no environment " + name);
    }
    return environment;
  }

  HostCatalog catalog() {
    return catalog;
  }

  Vql engine() {
    return Vql.builder().profile(Profile.BARE).catalog(catalog).build();
  }

  QueryOptions options() {
    QueryOptions options = QueryOptions.defaults().withLog(line -> log.add(line.text()));
    for (Object layer : layers) {
      options = options.withLayer(layer);
    }
    return options;
  }

  private void function(String name, FunctionBody body, Parameter... parameters) {
    catalog.function(
        signature(Signature.Kind.FUNCTION, name, parameters, parameters.length == 0), body);
  }

  private void plugin(String name, PluginBody body, Parameter... parameters) {
    catalog.plugin(
        signature(Signature.Kind.PLUGIN, name, parameters, parameters.length == 0), body);
  }

  private static Signature signature(
      Signature.Kind kind, String name, Parameter[] parameters, boolean open) {
    return new Signature(
        kind,
        name,
        "For a test.",
        List.of(parameters),
        open,
        List.of(),
        List.of(),
        0,
        "",
        ErrorValue.NULL,
        name.equals("panic") ? "Panic" : name,
        false,
        false);
  }

  private static Parameter parameter(String name, ArgType type, boolean required, String value) {
    return new Parameter(name, type, required, value, "For a test.");
  }

  private static Dict dict(Object[] bound) {
    return (Dict) bound[bound.length - 1];
  }

  private void exec() {
    HostObjects.Changeable env = new HostObjects.Changeable();
    env.set("const_foo", 1L);
    env.set("three_int64", 3L);
    env.set("my_list_obj", Dict.of("my_list", List.of(1L, 2L, 3L, Dict.of("Foo", "Bar"))));
    env.set("env_var", "EnvironmentData");
    env.set("foo", Dict.of("bar", Dict.of("baz", 5L), "bar2", 7L));
    env.set("RootEnv", env);
    layers.add(env);
    function(
        "func_foo",
        (call, bound) -> dict(bound).has("return") ? dict(bound).get("return") : (Object) 1L);
    function("counter", (call, bound) -> ++counter);
    function(
        "set_env",
        (call, bound) -> {
          env.set((String) bound[0], bound[1]);
          return true;
        },
        parameter("column", ArgType.STRING, true, ""),
        parameter("value", ArgType.ANY, false, ""));
    function(
        "panic",
        (call, bound) -> {
          Object a = bound[0] == Absent.ABSENT ? null : bound[0];
          Object b = bound[1] == Absent.ABSENT ? null : bound[1];
          panicked |= call.scope().operators().equal(call.scope(), a, b);
          return b;
        },
        parameter("column", ArgType.ANY, false, ""),
        parameter("value", ArgType.ANY, false, ""));
    plugin(
        "range",
        (call, bound, out) -> {
          for (long i = 1; i <= 14 && out.row(i); i++) {
            continue;
          }
        });
  }

  private void test() {
    layers.add(
        Dict.of(
            "ArrayValue",
            List.of(1L, 2L, 3L),
            "StructValue",
            new HostObjects.Methods(List.of("SrcIP"))
                .with("SrcIP", () -> "127.0.0.1")
                .with("src_ip", () -> "127.0.0.1"),
            "VarIsObjectWithMethods",
            withMethods(1)));
    plugin(
        "test",
        (call, bound, out) -> {
          for (long i = 0; i < 3 && out.row(Dict.of("foo", 2 * i, "bar", i)); i++) {
            continue;
          }
        });
    plugin("range", Environment::floats);
    plugin("dict", (call, bound, out) -> out.row(dict(bound)));
    plugin("groupbytest", Environment::groups);
    plugin(
        "objectwithmethods",
        (call, bound, out) -> {
          if (out.row(withMethods(1))) {
            out.row(withMethods(2));
          }
        });
    plugin("reset_objectwithmethods", (call, bound, out) -> methodCalls = 0);
  }

  private HostObjects.Methods withMethods(long value) {
    return new HostObjects.Methods(List.of("Value1", "Value2", "Value3", "Counter"))
        .with("Value1", () -> value)
        .with("Value2", () -> "I am a method, called " + ++methodCalls)
        .with("Counter", () -> methodCalls);
  }

  private static void floats(CallContext call, Object[] bound, org.minivql.value.Sink out) {
    Object start = dict(bound).get("start");
    Object end = dict(bound).get("end");
    boolean usable = start instanceof Long || start instanceof Double;
    double from = usable ? Values.toDouble(start) : 0;
    boolean usableEnd = usable && (end instanceof Long || end instanceof Double);
    double to = usableEnd ? Values.toDouble(end) : 0;
    for (double i = from; i <= to && out.row(Dict.of("value", i)); i++) {
      continue;
    }
  }

  private static void groups(CallContext call, Object[] bound, org.minivql.value.Sink out) {
    long[][] numbers = {{1, 5}, {2, 5}, {3, 2}, {4, 2}};
    for (int i = 0; i < numbers.length; i++) {
      String letter = String.valueOf((char) ('a' + i));
      if (!out.row(Dict.of("foo", numbers[i][0], "bar", numbers[i][1], "baz", letter))) {
        return;
      }
    }
  }

  private static void nineRows(CallContext call, Object[] bound, org.minivql.value.Sink out) {
    for (long i = 1; i <= 9; i++) {
      if (!out.row(Dict.of("foo", Dict.of("bar", i), "foo_2", 2 * i, "foo_3", 3 * i))) {
        return;
      }
    }
  }

  private void destructor() {
    function(
        "destructor",
        (call, bound) -> {
          String name = bound[0] == null ? "" : (String) bound[0];
          long[] count =
              ((org.minivql.runtime.Frame) call.scope())
                  .aggregates()
                  .state("destructor", () -> new long[1]);
          long number = ++count[0];
          markers.add("Func Open " + name + " " + Long.toHexString(number));
          call.scope()
              .onClose(() -> markers.add("Func Close " + name + " " + Long.toHexString(number)));
          return number;
        },
        parameter("name", ArgType.STRING, false, ""));
    plugin(
        "destructor",
        (call, bound, out) -> {
          String name = bound[0] == null ? "" : (String) bound[0];
          markers.add("Plugin Open " + name + " " + Long.toHexString(++pluginCalls));
          call.scope()
              .onClose(
                  () -> markers.add("Plugin Close " + name + " " + Long.toHexString(pluginCalls)));
          for (long i = 0; i < (long) bound[1] && out.row(Dict.of("Count", i)); i++) {
            continue;
          }
        },
        parameter("name", ArgType.STRING, false, ""),
        parameter("rows", ArgType.INT, false, "1"));
  }

  private void args() {
    function(
        "parse",
        Environment::showArguments,
        parameter("any", ArgType.ANY, false, ""),
        parameter("lazy", ArgType.LAZY, false, ""),
        parameter("int", ArgType.INT, false, ""),
        parameter("string", ArgType.STRING, false, ""),
        parameter("string_array", ArgType.STRING_LIST, false, ""),
        parameter("query", ArgType.QUERY, false, ""),
        parameter("r", ArgType.INT, true, ""),
        parameter("dict", ArgType.DICT, false, ""));
  }

  private static Object showArguments(CallContext call, Object[] bound) {
    Dict.Builder shown = Dict.builder();
    String[] names = {"any", "lazy", "int", "string", "string_array", "query", "r", "dict"};
    for (int i : new int[] {2, 3, 4, 7}) {
      Object value = bound[i];
      boolean empty =
          value == null
              || value.equals(0L)
              || value.equals("")
              || value instanceof List<?> list && list.isEmpty()
              || value instanceof Dict dict && dict.size() == 0;
      if (!empty) {
        shown.set(names[i], value);
      }
    }
    if (bound[0] != Absent.ABSENT && bound[0] != null) {
      shown.set("any", bound[0]).set("any type", Values.typeName(bound[0]));
      if (bound[0] instanceof StoredQuery query) {
        shown.set("Any stored query", Values.rows(call.scope(), query));
      }
    }
    if (bound[1] instanceof Lazy lazy) {
      Object value = lazy.get();
      shown.set("Lazy type", "lazy").set("Lazy Reduced Type", Values.typeName(value));
      shown.set("Lazy Reduced", value);
      if (value instanceof StoredQuery query) {
        shown.set("Lazy Reduced stored query", Values.rows(call.scope(), query));
      }
    }
    if (bound[5] instanceof StoredQuery query) {
      shown.set("StoredQuery Materialized", Values.rows(call.scope(), query));
    }
    return shown.build();
  }

  private void lazy() {
    plugin(
        "lazy",
        (call, bound, out) -> {
          for (long i = 0; i < (long) bound[0]; i++) {
            Object row =
                new HostObjects.Methods(List.of("Foo", "Const"))
                    .with("Const", () -> "")
                    .with("Foo", () -> marked("Foo ran", "Hello"))
                    .with("Bar", () -> marked("Bar ran", "Goodbye"));
            if (!out.row(row)) {
              return;
            }
          }
        },
        parameter("rows", ArgType.INT, false, "1"));
    plugin(
        "lazy_dict",
        (call, bound, out) -> {
          Lazy foo = () -> marked("Foo ran", "Hello");
          Lazy bar = () -> marked("Bar ran", "Goodbye");
          for (long i = 0; i < (long) bound[0]; i++) {
            if (!out.row(Dict.of("Const", 10L, "Foo", foo, "Bar", bar))) {
              return;
            }
          }
        },
        parameter("rows", ArgType.INT, false, "1"));
  }

  private Object marked(String marker, Object value) {
    markers.add(marker);
    return value;
  }
}
