package org.minivql.conformance;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.PluginCall;

/** The functions and plugins that a tree calls. */
record CalledNames(TreeSet<String> functions, TreeSet<String> plugins) {
  static CalledNames in(Object tree) {
    CalledNames names = new CalledNames(new TreeSet<>(), new TreeSet<>());
    names.collect(tree);
    return names;
  }

  private void collect(Object part) {
    if (part instanceof List<?> list) {
      list.forEach(this::collect);
    } else if (part instanceof Record node) {
      if (node instanceof Expr.Symbol symbol && symbol.called()) {
        functions.add(name(symbol.path()));
      } else if (node instanceof PluginCall call && call.called()) {
        plugins.add(name(call.path()));
      }
      for (RecordComponent component : node.getClass().getRecordComponents()) {
        collect(read(node, component));
      }
    }
  }

  private static Object read(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(List<String> path) {
    return path.stream().map(Names::component).collect(Collectors.joining("."));
  }
}
