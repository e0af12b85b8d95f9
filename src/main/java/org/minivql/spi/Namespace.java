package org.minivql.spi;

import java.util.List;

/**
 * A family of plugins whose names are computed: {@code FROM Artifact.Windows.Sys.Users()}. The
 * engine asks the namespace whose root is the first component of a dotted plugin name before it
 * looks at its catalogs.
 *
 * @since 0.1.0
 */
public interface Namespace {
  /** The first component of the names it answers. */
  String root();

  /**
   * The plugin behind a name.
   *
   * @param path the components after the root, at least one
   * @return the plugin; for a name that means nothing, one that logs what is wrong and yields no
   *     rows
   */
  Catalog.Plugin plugin(List<String> path);

  /** The value of the bare root in an expression; its members are references to what it holds. */
  Object value();
}
