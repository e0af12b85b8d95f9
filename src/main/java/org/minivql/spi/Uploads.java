package org.minivql.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * Where {@code upload()} stores files: a service of the host.
 *
 * @since 0.1.0
 */
public interface Uploads {
  /**
   * What is known about a file before it is stored.
   *
   * @param accessor the accessor it is read with
   * @param path the text of the path it is stored under
   * @param components the components of that path
   * @param size its size in bytes, or -1 where not known
   */
  record Upload(String accessor, String path, List<String> components, long size) {}

  /**
   * Stores a file.
   *
   * @param data its content; the caller closes it
   * @return the members of the result dict: {@code Path}, {@code Size}, {@code UploadId} and what
   *     else is known, for example {@code sha256}
   */
  Dict store(Scope scope, Upload upload, InputStream data) throws IOException;
}
