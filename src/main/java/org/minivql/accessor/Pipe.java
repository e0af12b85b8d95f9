package org.minivql.accessor;

import java.io.InputStream;
import org.minivql.value.Scope;

/**
 * Content that is made while it is read: what the accessor {@code pipe} finds in a variable.
 *
 * @since 0.1.0
 */
public interface Pipe {
  /** Begins to make the content anew; closing the stream ends that. */
  InputStream open(Scope scope);
}
