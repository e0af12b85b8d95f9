package org.minivql.plan.node;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.spi.Catalog;
import org.minivql.spi.Library;
import org.minivql.spi.Namespace;
import org.minivql.spi.Signature;

/** The functions and plugins of an engine: its catalogs, of which a later one replaces names. */
public final class Builtins implements Library {
  private final List<Catalog> catalogs;
  private final List<Namespace> namespaces;
  private final Map<String, Catalog.Function> functions = new ConcurrentHashMap<>();
  private final Map<String, Catalog.Plugin> plugins = new ConcurrentHashMap<>();

  /**
   * Builtins of these catalogs.
   *
   * @param catalogs searched from the last to the first
   * @param namespaces families of plugins with computed names
   */
  public Builtins(List<Catalog> catalogs, List<Namespace> namespaces) {
    this.catalogs = List.copyOf(catalogs);
    this.namespaces = List.copyOf(namespaces);
  }

  /** The function of this name, or null. */
  public Catalog.Function function(String name) {
    Catalog.Function found = functions.get(name);
    for (int i = catalogs.size() - 1; i >= 0 && found == null; i--) {
      found = catalogs.get(i).function(name);
      if (found != null) {
        functions.put(name, found);
      }
    }
    return found;
  }

  /** The plugin of this name, or null. */
  public Catalog.Plugin plugin(String name) {
    Catalog.Plugin found = plugins.get(name);
    for (int i = catalogs.size() - 1; i >= 0 && found == null; i--) {
      found = catalogs.get(i).plugin(name);
      if (found != null) {
        plugins.put(name, found);
      }
    }
    return found;
  }

  /** The namespace with this root, or null. */
  public Namespace namespace(String root) {
    for (Namespace namespace : namespaces) {
      if (namespace.root().equals(root)) {
        return namespace;
      }
    }
    return null;
  }

  /** The namespaces. */
  public List<Namespace> namespaces() {
    return namespaces;
  }

  @Override
  public List<String> functionNames() {
    TreeSet<String> names = new TreeSet<>();
    catalogs.forEach(catalog -> names.addAll(catalog.functions()));
    return List.copyOf(names);
  }

  @Override
  public List<String> pluginNames() {
    TreeSet<String> names = new TreeSet<>();
    catalogs.forEach(catalog -> names.addAll(catalog.plugins()));
    return List.copyOf(names);
  }

  @Override
  public Signature functionSignature(String name) {
    Catalog.Function function = function(name);
    return function == null ? null : function.signature();
  }

  @Override
  public Signature pluginSignature(String name) {
    Catalog.Plugin plugin = plugin(name);
    return plugin == null ? null : plugin.signature();
  }
}
