package org.minivql.registry;

import java.nio.file.Path;
import org.minivql.value.Dict;

/**
 * Brings archives of collections into a server: a service of the host.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Importer {
  /**
   * Adds the flow of an archive, makes its client known and sends the completion.
   *
   * @param archive the archive, which must stay as it is
   * @param clientId the client; empty to find it by its host name, or to make it
   * @param hostname the host name to look for; that of the archive where empty
   * @return the flow with all fields
   * @throws org.minivql.spi.ArgumentException where the archive cannot be read
   */
  Dict run(Path archive, String clientId, String hostname);
}
