package org.minivql.plain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.minivql.spi.Catalog;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.value.Absent;
import org.minivql.value.Materialized;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Where rows come from: a plugin, or a variable. */
final class PlainFrom {
  private PlainFrom() {}

  static void run(PluginCall from, PlainScope scope, Sink out) {
    List<String> path = PlainExpressions.components(from.path());
    Catalog.Plugin plugin =
        from.called() && path.size() == 1 ? scope.run().plugin(path.get(0)) : null;
    if (plugin != null) {
      PlainCall.plugin(plugin, from, scope, out);
      return;
    }
    String written = String.join(".", from.path());
    Object value = scope.lookup(path.get(0));
    if (value == Absent.ABSENT || value == PlainScope.QUIET) {
      String before = path.size() == 1 ? "" : "While resolving " + written + " ";
      scope.log(
          "ERROR:"
              + before
              + "Plugin "
              + from.path().get(0)
              + " not found. Current Scope is "
              + scope.describe());
      value = Absent.ABSENT;
    } else {
      value = PlainExpressions.follow(path, value, scope);
    }
    if (value == Absent.ABSENT) {
      hint(written, scope);
    } else if (from.called()) {
      called(from, written, value, scope, out);
    } else if (value instanceof PlainDefinitions.Expression expression) {
      rows(expression.reference(scope), scope, out);
    } else {
      rows(value, scope, out);
    }
  }

  private static void called(
      PluginCall from, String written, Object value, PlainScope scope, Sink out) {
    if (value instanceof PlainDefinitions.Query query) {
      Map<String, Object> given = query.filled(scope, arguments(from, scope));
      check(query.parameters(), given, written, scope);
      PlainSelect.run(query.select(), query.called(scope, given), out);
    } else if (value instanceof PlainDefinitions.Expression expression) {
      rows(expression.callAfterFrom(scope, arguments(from, scope)), scope, out);
    } else {
      scope.log("ERROR:Symbol " + written + " is not callable as a plugin");
    }
  }

  /** Arguments of what is called after FROM: queries among them are run, in their turn. */
  private static Map<String, Object> arguments(PluginCall from, PlainScope scope) {
    Map<String, Object> values = new LinkedHashMap<>();
    from.arguments()
        .forEach(
            argument ->
                PlainExpressions.arguments(List.of(argument), scope)
                    .forEach(
                        (name, value) -> {
                          values.remove(name);
                          values.put(
                              name,
                              value instanceof StoredQuery query
                                  ? PlainRows.of(scope, query)
                                  : value);
                        }));
    return values;
  }

  private static void check(
      List<String> declared, Map<String, Object> given, String written, PlainScope scope) {
    if (declared.isEmpty()) {
      return;
    }
    for (String name : given.keySet()) {
      if (!declared.contains(name)) {
        scope.log("ERROR:Extra unrecognized arg " + name + " when calling " + written);
      }
    }
    if (given.size() < declared.size()) {
      for (String name : declared) {
        if (!given.containsKey(name)) {
          scope.log("ERROR:Missing arg " + name + " when calling " + written);
        }
      }
    }
  }

  /** Any value as rows: no element of a list is wrapped, and NULL is a row. */
  private static void rows(Object value, PlainScope scope, Sink out) {
    if (value instanceof StoredQuery query) {
      query.run(scope, out);
    } else if (value instanceof Materialized kept) {
      push(kept.rows(), out);
    } else if (value instanceof List<?> list) {
      push(list, out);
    } else {
      out.row(value);
    }
  }

  private static void push(List<?> rows, Sink out) {
    for (Object row : rows) {
      if (!out.row(Values.reduce(row))) {
        return;
      }
    }
  }

  private static void hint(String name, PlainScope scope) {
    TreeSet<String> similar = new TreeSet<>();
    for (String part : name.split("_", -1)) {
      for (String plugin : scope.run().library.pluginNames()) {
        if (!part.isEmpty() && plugin.contains(part)) {
          similar.add(plugin);
        }
      }
    }
    String plugins = similar.isEmpty() ? "" : "Did you mean " + String.join(" ", similar) + "? ";
    String function =
        scope.run().library.functionSignature(name) == null
            ? ""
            : "There is a VQL function called \""
                + name
                + "\" - did you mean to call this function instead?";
    scope.log("ERROR:Plugin " + name + " not found. " + plugins + function);
  }
}
