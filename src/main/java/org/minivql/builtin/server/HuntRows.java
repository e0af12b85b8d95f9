package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Principal;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The rows of all clients of a hunt. */
final class HuntRows {
  private HuntRows() {}

  /**
   * Each row is followed by FlowId, ClientId, _OrgId and Fqdn.
   *
   * @param named the orgs to read; the current one where null or empty
   * @param artifact with {@code /source} if any; empty for the first of the hunt
   */
  static void read(CallContext call, List<String> named, String huntId, String artifact, Sink out) {
    ServerModel here = Access.server(call);
    List<ServerModel> all = named == null || named.isEmpty() ? List.of(here) : orgs(call, named);
    List<ServerModel> orgs = all.stream().filter(o -> o.hunts().get(huntId) != null).toList();
    for (ServerModel org : orgs.isEmpty() ? all : orgs) {
      if (!read(org, huntId, artifact, out)) {
        return;
      }
    }
  }

  /** The same for one org; false when no more rows are wanted. */
  static boolean read(ServerModel org, String huntId, String artifact, Sink out) {
    String name = check(org, huntId, artifact);
    return org.hunts().members(huntId, member -> rows(org, member, name, out));
  }

  private static List<ServerModel> orgs(CallContext call, List<String> named) {
    ServerModel here = Access.server(call);
    Principal principal = Access.principal(call, here);
    List<ServerModel> orgs = new ArrayList<>();
    for (String id : named) {
      ServerModel org = here.orgs().model(id);
      Principal there =
          org == here ? principal : here.orgs().accounts().principal(id, principal.name());
      if (!there.may("READ_RESULTS")) {
        throw Access.denied("READ_RESULTS");
      }
      orgs.add(org);
    }
    return orgs;
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
