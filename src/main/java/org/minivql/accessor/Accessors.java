package org.minivql.accessor;

import java.util.List;

/**
 * The accessors of an engine, by name: a service.
 *
 * @since 0.1.0
 */
public interface Accessors {
  /** The accessor of this name, or null. The empty name is {@code auto}. */
  Accessor find(String name);

  /** The names, sorted. */
  List<String> names();
}
