package org.minivql.builtin.server;

import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.Secrets;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Credentials by name, and who may use them. */
final class SecretCalls {
  private static final String SERVER_ADMIN = "SERVER_ADMIN";

  private SecretCalls() {}

  @VqlPlugin(
      name = "secrets",
      doc = "The types of secrets, each with the names and users of its secrets.",
      columns = {"type_name", "secrets"},
      permission = SERVER_ADMIN)
  static void secrets(Sink out, CallContext call) {
    ServerModel server = Access.server(call, SERVER_ADMIN);
    for (String type : Secrets.TYPES) {
      List<Dict> secrets = server.orgs().secrets().of(type);
      if (!out.row(Dict.of("type_name", type, "secrets", secrets))) {
        return;
      }
    }
  }

  @VqlFunction(
      name = "secret_add",
      doc = "Adds a secret that nobody may use yet; only its name is kept. Returns the name.",
      permission = SERVER_ADMIN)
  static Object secretAdd(
      CallContext call,
      @Arg(value = "The name.", required = true) String name,
      @Arg(value = "The type.", required = true) String type,
      @Arg(value = "Accepted; the values are not kept.", required = true) Dict secret) {
    ServerModel server = Access.server(call, SERVER_ADMIN);
    server.orgs().secrets().add(type, name);
    return name;
  }

  @VqlFunction(
      name = "secret_modify",
      doc = "Changes who may use a secret, or deletes it. Returns its name.",
      version = 2,
      permission = SERVER_ADMIN)
  static Object secretModify(
      CallContext call,
      @Arg(value = "The name.", required = true) String name,
      @Arg(value = "The type.", required = true) String type,
      @Arg("Whether to delete it.") boolean delete,
      @Arg(value = "Users who may use it from now on.", name = "add_users") StringList addUsers,
      @Arg(value = "Users who may no longer.", name = "remove_users") StringList removeUsers,
      @Arg(value = "Orgs that may use it from now on.", name = "add_orgs") StringList addOrgs,
      @Arg(value = "Orgs that may no longer.", name = "remove_orgs") StringList removeOrgs,
      @Arg(value = "Whether all orgs may use it.", name = "visible_to_all_orgs")
          boolean visibleToAllOrgs) {
    ServerModel server = Access.server(call, SERVER_ADMIN);
    Secrets secrets = server.orgs().secrets();
    if (delete) {
      secrets.remove(type, name);
      return name;
    }
    secrets.update(
        type,
        name,
        secret -> {
          Dict next =
              secret
                  .with(
                      "users",
                      Secrets.changed(secret.get("users"), all(addUsers), all(removeUsers)))
                  .with("orgs", Secrets.changed(secret.get("orgs"), all(addOrgs), all(removeOrgs)));
          return call.given("visible_to_all_orgs")
              ? next.with("visible_to_all_orgs", visibleToAllOrgs)
              : next;
        });
    return name;
  }

  private static List<String> all(StringList names) {
    return names == null ? List.of() : names;
  }
}
