package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.Orgs;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Principal;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The orgs of a server. */
final class OrgCalls {
  private static final String ORG_ADMIN = "ORG_ADMIN";

  private static final String CLIENT_CONFIG = "_client_config";

  private OrgCalls() {}

  @VqlFunction(
      name = "org",
      doc =
          "The org that the query runs in: {name, nonce, id, _client_config}, the last with the nonce"
              + " of its clients alone.")
  static Object org(CallContext call) {
    ServerModel server = Access.server(call);
    Orgs.Org org = server.orgs().get(server.orgId());
    return Orgs.shown(org).with(CLIENT_CONFIG, Orgs.clientConfig(org));
  }

  @VqlPlugin(
      name = "orgs",
      doc =
          "The orgs that the caller belongs to, all of them for who may administrate orgs, who gets"
              + " _client_config, too.",
      columns = {"Name", "OrgId"})
  static void orgs(Sink out, CallContext call) {
    ServerModel server = Access.server(call);
    Principal principal = Access.principal(call, server);
    boolean administrates = principal.may(ORG_ADMIN);
    for (Orgs.Org org : server.orgs().all()) {
      boolean visible =
          administrates || server.orgs().accounts().policy(org.id(), principal.name()) != null;
      Dict row = Dict.of("Name", org.name(), "OrgId", org.id());
      if (administrates) {
        row = row.with(CLIENT_CONFIG, Orgs.clientConfig(org));
      }
      if (visible && !out.row(row)) {
        return;
      }
    }
  }

  @VqlFunction(
      name = "org_create",
      doc = "Makes an org. Returns {name, nonce, id}.",
      permission = ORG_ADMIN)
  static Object orgCreate(
      CallContext call,
      @Arg(value = "Its name.", required = true) String name,
      @Arg(value = "Its id; a new one if not given.", name = "org_id") String orgId) {
    ServerModel server = Access.server(call, ORG_ADMIN);
    Orgs.Org made = server.orgs().create(name, orgId);
    audit(call, server, "org_create", made.id());
    return Orgs.shown(made);
  }

  @VqlFunction(
      name = "org_delete",
      doc = "Removes an org with all that it knows. Returns its id.",
      version = 2,
      permission = ORG_ADMIN)
  static Object orgDelete(
      CallContext call,
      @Arg(value = "The id of the org.", required = true) String org,
      @Arg(value = "Whether to remove it.", name = "really_do_it") boolean reallyDoIt) {
    ServerModel server = Access.server(call, ORG_ADMIN);
    if (reallyDoIt) {
      server.orgs().delete(org);
      audit(call, server, "org_delete", org);
    }
    return org;
  }

  private static void audit(CallContext call, ServerModel server, String operation, String org) {
    server.audit(operation, Dict.of("org_id", org), Access.origin(call, server));
  }
}
