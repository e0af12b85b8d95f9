package org.minivql.builtin.testing;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.Catalog;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Signature;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** A replaced function or plugin: what it answers and how it was called. */
final class Mock {
  private static final Shape VALUE = Shape.of("_value");

  private final Signature signature;
  private final List<Object> calls = new ArrayList<>();
  private Object results = List.of();
  private long counted;
  private int position;

  Mock(String name, boolean plugin) {
    this.signature =
        new Signature(
            plugin ? Signature.Kind.PLUGIN : Signature.Kind.FUNCTION,
            name,
            "Stands in for the builtin of this name while a test runs.",
            List.of(),
            true,
            List.of(),
            List.of(),
            0,
            "",
            ErrorValue.NULL,
            name,
            false,
            false);
  }

  synchronized void results(Object value) {
    results = value;
    position = 0;
  }

  synchronized void forget() {
    results = List.of();
    calls.clear();
    counted = 0;
    position = 0;
  }

  synchronized void forgetCalls() {
    counted = 0;
  }

  /** The number of calls since it was last asked for. */
  synchronized long takeCount() {
    long count = counted;
    counted = 0;
    return count;
  }

  /** The arguments of each call of a plugin, as dicts; those of functions are not evaluated. */
  synchronized List<Object> calls() {
    return new ArrayList<>(calls);
  }

  Catalog.Function asFunction() {
    return new Catalog.Function(signature, (context, arguments) -> answer());
  }

  Catalog.Plugin asPlugin() {
    return new Catalog.Plugin(
        signature, (context, arguments, out) -> rows((Dict) arguments[arguments.length - 1], out));
  }

  private synchronized Object next() {
    counted++;
    if (results instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof List) {
      return list.get(position++ % list.size());
    }
    return results;
  }

  private synchronized void remember(Dict arguments) {
    calls.add(arguments);
  }

  private Object answer() {
    Object value = next();
    return value instanceof List<?> list && list.isEmpty() ? null : value;
  }

  private void rows(Dict arguments, Sink out) {
    Object value = next();
    remember(arguments);
    for (Object row :
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
      if (!out.row(row instanceof Members ? row : Dict.over(VALUE, row))) {
        return;
      }
    }
  }
}
