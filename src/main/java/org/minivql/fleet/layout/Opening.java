package org.minivql.fleet.layout;

import java.io.IOException;
import java.io.InputStream;

/** Opens what is to be read or copied, as often as it is asked for. */
@FunctionalInterface
public interface Opening {
  /** The content, from its beginning. */
  InputStream open() throws IOException;
}
