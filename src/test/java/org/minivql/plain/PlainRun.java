package org.minivql.plain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.runtime.RegexCache;
import org.minivql.spi.Catalog;
import org.minivql.spi.Library;
import org.minivql.syntax.Parser;
import org.minivql.value.Lambda;
import org.minivql.value.Operators;
import org.minivql.value.Patterns;

/** What all scopes of one run share. */
final class PlainRun {
  private static final long MOST_STEPS = 20_000;

  final Operators operators;
  final Library library;
  final Map<Class<?>, Object> services;
  final List<String> log = new ArrayList<>();
  final Patterns patterns = new RegexCache();
  final Map<Object, Object> state = new HashMap<>();
  final Map<Object, Object> sites = new IdentityHashMap<>();
  private final List<Catalog> catalogs;
  private final Map<String, Lambda> lambdas = new HashMap<>();
  private long steps;

  PlainRun(
      Operators operators,
      Library library,
      List<Catalog> catalogs,
      Map<Class<?>, Object> services) {
    this.operators = operators;
    this.library = library;
    this.catalogs = catalogs;
    this.services = services;
  }

  /** One more thing done; a program that does too many is not worth comparing. */
  void step() {
    if (++steps > MOST_STEPS) {
      throw new NotComparable("too much to do");
    }
  }

  Catalog.Function function(String name) {
    Catalog.Function found = null;
    for (Catalog catalog : catalogs) {
      Catalog.Function function = catalog.function(name);
      found = function == null ? found : function;
    }
    return found;
  }

  Catalog.Plugin plugin(String name) {
    Catalog.Plugin found = null;
    for (Catalog catalog : catalogs) {
      Catalog.Plugin plugin = catalog.plugin(name);
      found = plugin == null ? found : plugin;
    }
    return found;
  }

  /** The lambda of a text. It is one place in the program, however often it is used. */
  Lambda lambda(String text) {
    Lambda lambda = lambdas.get(text);
    if (lambda == null) {
      lambda = new PlainLambda(Parser.parseLambda(text));
      lambdas.put(text, lambda);
    }
    return lambda;
  }
}
