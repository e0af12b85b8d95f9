package org.minivql.accessor.zip;

import java.util.Locale;
import org.minivql.accessor.PathStyle;

/** How the components of a path name the members of an archive. */
public enum ZipNames {
  /** As they are in the archive. */
  EXACT,
  /** In any case. */
  ANY_CASE,
  /** What a file system could not have is escaped with a percent sign in the archive only. */
  ESCAPED;

  private static final String SPECIAL = "?\"*:|<>%/\\,";

  /** The name of a member, or a part of it, that stands for a component of a path. */
  public static String escaped(String component) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      boolean edge = (i == 0 || i == component.length() - 1) && (c == '.' || c == ' ');
      if (edge || c < ' ' || SPECIAL.indexOf(c) >= 0) {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

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
