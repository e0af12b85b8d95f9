package org.minivql.builtin.server;

import java.util.List;
import org.minivql.registry.ClientRecord;
import org.minivql.registry.ServerModel;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The rows of all clients of a hunt. */
final class HuntRows {
  private HuntRows() {}

  /**
   * Each row is followed by FlowId, ClientId, _OrgId and Fqdn.
   *
   * @param artifact with {@code /source} if any; empty for the first of the hunt
   */
  static void read(ServerModel server, String huntId, String artifact, Sink out) {
    String name = check(server, huntId, artifact);
    server.hunts().members(huntId, member -> rows(server, member, name, out));
  }

  /** The name of the result set, where the hunt has it. */
  static String check(ServerModel server, String huntId, String artifact) {
    Dict hunt = server.hunts().get(huntId);
    if (hunt == null) {
      throw new ArgumentException("Hunt id not found " + huntId);
    }
    List<?> available = (List<?>) hunt.get("artifact_sources");
    if (available.isEmpty()) {
      available = (List<?>) hunt.get("artifacts");
    }
    if (available.isEmpty()) {
      throw new ArgumentException("not artifacts available");
    }
    String name = artifact.isEmpty() ? (String) available.get(0) : artifact;
    if (!available.contains(name)) {
      throw new ArgumentException(
          "artifact "
              + name
              + " not available in hunt. Available artifacts are "
              + "["
              + String.join(" ", available.stream().map(String::valueOf).toList())
              + "]");
    }
    return name;
  }

  private static boolean rows(ServerModel server, Dict member, String artifact, Sink out) {
    String clientId = (String) member.get("ClientId");
    String flowId = (String) member.get("FlowId");
    ClientRecord client = server.clients().get(clientId);
    String fqdn = client == null ? "" : client.text("fqdn");
    boolean[] go = {true};
    server
        .results()
        .read(
            clientId,
            flowId,
            artifact,
            0,
            0,
            row -> {
              Dict extended =
                  ((Dict) row)
                      .toBuilder()
                          .set("FlowId", flowId)
                          .set("ClientId", clientId)
                          .set("_OrgId", server.orgId())
                          .set("Fqdn", fqdn)
                          .build();
              go[0] = out.row(extended);
              return go[0];
            });
    return go[0];
  }
}
