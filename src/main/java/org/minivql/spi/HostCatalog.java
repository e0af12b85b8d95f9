package org.minivql.spi;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.value.Dict;
import org.minivql.value.HostValues;
import org.minivql.value.Lambda;
import org.minivql.value.Lazy;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Timestamp;

/**
 * The functions and plugins of an application: bodies with their signatures, or static methods that
 * carry the same annotations as the builtins. What those methods return and the rows they give are
 * mapped as {@link HostValues} says.
 *
 * @since 0.1.0
 */
public final class HostCatalog implements Catalog {
  private static final Map<Class<?>, ArgType> TYPES =
      Map.ofEntries(
          Map.entry(Object.class, ArgType.ANY),
          Map.entry(long.class, ArgType.INT),
          Map.entry(Long.class, ArgType.INT),
          Map.entry(double.class, ArgType.FLOAT),
          Map.entry(Double.class, ArgType.FLOAT),
          Map.entry(boolean.class, ArgType.BOOL),
          Map.entry(Boolean.class, ArgType.BOOL),
          Map.entry(String.class, ArgType.STRING),
          Map.entry(StringList.class, ArgType.STRING_LIST),
          Map.entry(List.class, ArgType.LIST),
          Map.entry(DictList.class, ArgType.DICT_LIST),
          Map.entry(Dict.class, ArgType.DICT),
          Map.entry(StoredQuery.class, ArgType.QUERY),
          Map.entry(Lazy.class, ArgType.LAZY),
          Map.entry(Lambda.class, ArgType.LAMBDA),
          Map.entry(Timestamp.class, ArgType.TIME));

  private final TreeMap<String, Function> functions = new TreeMap<>();
  private final TreeMap<String, Plugin> plugins = new TreeMap<>();

  private HostCatalog() {}

  /** A catalog without builtins; add some before giving it to an engine. */
  public static HostCatalog create() {
    return new HostCatalog();
  }

  /** Adds a function. */
  public HostCatalog function(Signature signature, FunctionBody body) {
    functions.put(signature.name(), new Function(signature, body));
    return this;
  }

  /** Adds a plugin. */
  public HostCatalog plugin(Signature signature, PluginBody body) {
    plugins.put(signature.name(), new Plugin(signature, body));
    return this;
  }

  /**
   * Adds the annotated static methods of a class. Arguments are named by {@link Arg#name} or, where
   * the class was compiled with parameter names, by their parameters.
   *
   * @throws IllegalArgumentException when a declaration is wrong
   */
  public HostCatalog declarations(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      VqlFunction function = method.getAnnotation(VqlFunction.class);
      VqlPlugin plugin = method.getAnnotation(VqlPlugin.class);
      if (function != null || plugin != null) {
        add(method, function, plugin);
      }
    }
    return this;
  }

  private void add(Method method, VqlFunction function, VqlPlugin plugin) {
    if (!Modifier.isStatic(method.getModifiers())) {
      throw new IllegalArgumentException(method + " is not static");
    }
    method.setAccessible(true);
    List<org.minivql.spi.Parameter> declared = new ArrayList<>();
    boolean open = false;
    for (Parameter parameter : method.getParameters()) {
      Arg arg = parameter.getAnnotation(Arg.class);
      if (arg != null) {
        declared.add(parameter(parameter, arg));
      }
      open |= parameter.isAnnotationPresent(AllArgs.class);
    }
    if (function != null) {
      function(signature(function, declared, open), (call, args) -> call(method, call, args, null));
    }
    if (plugin != null) {
      plugin(signature(plugin, declared, open), (call, args, out) -> call(method, call, args, out));
    }
  }

  private static Signature signature(
      VqlFunction f, List<org.minivql.spi.Parameter> declared, boolean open) {
    return new Signature(
        Signature.Kind.FUNCTION,
        f.name(),
        f.doc(),
        declared,
        open,
        List.of(),
        List.of(f.examples()),
        f.version(),
        f.permission(),
        f.onError(),
        f.logName().isEmpty() ? f.name() : f.logName(),
        f.aggregate(),
        false);
  }

  private static Signature signature(
      VqlPlugin p, List<org.minivql.spi.Parameter> declared, boolean open) {
    return new Signature(
        Signature.Kind.PLUGIN,
        p.name(),
        p.doc(),
        declared,
        open,
        List.of(p.columns()),
        List.of(p.examples()),
        p.version(),
        p.permission(),
        ErrorValue.NULL,
        p.logName().isEmpty() ? p.name() : p.logName(),
        false,
        p.endless());
  }

  private static org.minivql.spi.Parameter parameter(Parameter parameter, Arg arg) {
    ArgType type = TYPES.get(parameter.getType());
    if (type == null) {
      throw new IllegalArgumentException("an argument cannot be of type " + parameter.getType());
    }
    String name = arg.name();
    if (name.isEmpty()) {
      if (!parameter.isNamePresent()) {
        throw new IllegalArgumentException("argument without a name: " + parameter);
      }
      name = parameter.getName();
    }
    String byDefault = arg.defaultValue();
    if (byDefault.isEmpty() && parameter.getType().isPrimitive()) {
      byDefault = type == ArgType.BOOL ? "false" : "0";
    }
    return new org.minivql.spi.Parameter(name, type, arg.required(), byDefault, arg.value());
  }

  private static Object call(Method method, CallContext context, Object[] bound, Sink out) {
    Parameter[] parameters = method.getParameters();
    Object[] actual = new Object[parameters.length];
    int next = 0;
    for (int i = 0; i < actual.length; i++) {
      if (has(parameters[i], Arg.class)) {
        actual[i] = bound[next++];
      } else if (has(parameters[i], AllArgs.class)) {
        actual[i] = bound[bound.length - 1];
      } else {
        actual[i] = parameters[i].getType() == Sink.class ? mapped(out) : context;
      }
    }
    try {
      return HostValues.beans(method.invoke(null, actual));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new ArgumentException(String.valueOf(e.getCause()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Sink mapped(Sink out) {
    return row -> out.row(HostValues.beans(row));
  }

  private static boolean has(Parameter parameter, Class<? extends Annotation> annotation) {
    return parameter.isAnnotationPresent(annotation);
  }

  @Override
  public List<String> functions() {
    return List.copyOf(functions.keySet());
  }

  @Override
  public List<String> plugins() {
    return List.copyOf(plugins.keySet());
  }

  @Override
  public Function function(String name) {
    return functions.get(name);
  }

  @Override
  public Plugin plugin(String name) {
    return plugins.get(name);
  }
}
