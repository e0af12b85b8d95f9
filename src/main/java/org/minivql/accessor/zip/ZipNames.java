package org.minivql.accessor.zip;

import org.minivql.accessor.PathStyle;

/** How the components of a path name the members of an archive. */
public enum ZipNames {
  /** As they are in the archive. */
  EXACT,
  /** In any case. */
  ANY_CASE,
  /** What a file system could not have is escaped with a percent sign in the archive only. */
  ESCAPED;

  /** How paths are taken apart and put together. */
  PathStyle style() {
    return this == ESCAPED ? PathStyle.ZIP : PathStyle.LINUX;
  }

  /** The component of a path that stands for a name in the archive. */
  String component(String name) {
    return this == ESCAPED ? PathStyle.unescape(name) : name;
  }

  /** Whether a component that is not the name itself stands for it all the same. */
  boolean same(String name, String component) {
    return this == ANY_CASE
        ? name.equalsIgnoreCase(component)
        : component(name).equals(component(component));
  }
}
