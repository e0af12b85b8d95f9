package org.minivql.accessor.open;

import java.io.IOException;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;

/** The accessor and path of the file that another accessor looks into. */
public record Container(Accessor accessor, OSPath path) {
  /** The container of a path; without one, the path itself as a file of the host. */
  public static Container of(Accessors accessors, OSPath path) throws IOException {
    if (!path.hasDelegate()) {
      return new Container(accessors.find("auto"), path.styled(PathStyle.LINUX));
    }
    Accessor accessor = accessors.find(path.delegateAccessor());
    if (accessor == null) {
      throw new IOException("Unknown filesystem accessor " + path.delegateAccessor());
    }
    return new Container(accessor, accessor.parse(path.delegatePath()));
  }
}
