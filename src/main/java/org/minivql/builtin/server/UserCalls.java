package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.Accounts;
import org.minivql.registry.Orgs;
import org.minivql.registry.Policy;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Principal;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** The users of a server and what they are granted. */
final class UserCalls {
  private static final String SERVER_ADMIN = "SERVER_ADMIN";
  private static final Shape USER =
      Shape.of(
          "name",
          "org_id",
          "org_name",
          "picture",
          "email",
          "stats",
          "roles",
          "_policy",
          "effective_policy");

  private UserCalls() {}

  @VqlPlugin(
      name = "gui_users",
      doc = "The users of this org or, by user and org, of all. Most callers see only themselves.",
      columns = {
        "name",
        "org_id",
        "org_name",
        "picture",
        "email",
        "stats",
        "roles",
        "_policy",
        "effective_policy"
      })
  static void guiUsers(
      Sink out,
      CallContext call,
      @Arg(value = "Whether to show the users of all orgs.", name = "all_orgs") boolean allOrgs) {
    ServerModel server = Access.server(call);
    Orgs orgs = server.orgs();
    List<Orgs.Org> shown = allOrgs ? orgs.all() : List.of(orgs.get(server.orgId()));
    for (Orgs.Org org : shown) {
      for (String name : orgs.accounts().members(org.id())) {
        if (maySee(call, server, org, name) && !out.row(row(orgs.accounts(), org, name))) {
          return;
        }
      }
    }
  }

  private static boolean maySee(CallContext call, ServerModel server, Orgs.Org org, String name) {
    Principal principal = Access.principal(call, server);
    Principal there =
        org.id().equals(server.orgId())
            ? principal
            : server.orgs().accounts().principal(org.id(), principal.name());
    return name.equals(principal.name())
        || there.may(SERVER_ADMIN)
        || principal.may("ORG_ADMIN") && server.orgId().equals(Orgs.ROOT);
  }

  private static Dict row(Accounts accounts, Orgs.Org org, String name) {
    Policy policy = accounts.policy(org.id(), name);
    return Dict.over(
        USER,
        name,
        org.id(),
        org.name(),
        "",
        false,
        null,
        policy.roles(),
        policy.granted(),
        policy.effective(org.id()));
  }

  @VqlFunction(name = "user", doc = "The row of gui_users() for a user in an org.")
  static Object user(
      CallContext call,
      @Arg(value = "The user.", required = true) String user,
      @Arg("The org; the current one if not given.") String org) {
    ServerModel server = Access.server(call);
    Orgs.Org where = server.orgs().get(org == null || org.isEmpty() ? server.orgId() : org);
    if (!maySee(call, server, where, user)) {
      throw Access.denied(SERVER_ADMIN);
    }
    if (server.orgs().accounts().policy(where.id(), user) == null) {
      throw new ArgumentException("User not found: " + user);
    }
    return row(server.orgs().accounts(), where, user);
  }

  @VqlFunction(
      name = "user_create",
      doc = "Makes a user, or replaces the roles of one, in some orgs. Returns the name.",
      version = 3,
      permission = SERVER_ADMIN)
  static Object userCreate(
      CallContext call,
      @Arg(value = "The name.", required = true) String user,
      @Arg(value = "The roles.", required = true) StringList roles,
      @Arg("Accepted; passwords are not kept.") String password,
      @Arg("Accepted.") String sub,
      @Arg("The orgs; the current one if not given.") StringList orgs) {
    ServerModel server = Access.server(call);
    List<String> where = administrated(call, server, orgs);
    Policy policy = Policy.of(roles, null);
    server.orgs().accounts().create(user);
    where.forEach(org -> server.orgs().accounts().grant(org, user, policy));
    audit(call, server, "user_create", user, where);
    return user;
  }

  @VqlFunction(
      name = "user_grant",
      doc = "Replaces the roles and permissions of a user in some orgs. Returns the name.",
      version = 2,
      permission = SERVER_ADMIN)
  static Object userGrant(
      CallContext call,
      @Arg(value = "The user.", required = true) String user,
      @Arg("The roles.") StringList roles,
      @Arg("The orgs; the current one if not given.") StringList orgs,
      @Arg("Permissions by name, roles, and publish_queues that events may be sent to.")
          Dict policy) {
    ServerModel server = Access.server(call);
    List<String> where = administrated(call, server, orgs);
    Policy granted = Policy.of(roles == null ? List.of() : roles, policy);
    where.forEach(org -> server.orgs().accounts().grant(org, user, granted));
    audit(call, server, "user_grant", user, where);
    return user;
  }

  @VqlFunction(
      name = "user_delete",
      doc = "Takes a user out of some orgs. Returns the name.",
      version = 2,
      permission = SERVER_ADMIN)
  static Object userDelete(
      CallContext call,
      @Arg(value = "The user.", required = true) String user,
      @Arg("The orgs; the current one if not given.") StringList orgs,
      @Arg(value = "Whether to do it.", name = "really_do_it") boolean reallyDoIt) {
    ServerModel server = Access.server(call);
    List<String> where = administrated(call, server, orgs);
    if (!server.orgs().accounts().knows(user)) {
      throw new ArgumentException("User not found: " + user);
    }
    if (reallyDoIt) {
      where.forEach(org -> server.orgs().accounts().remove(org, user));
      audit(call, server, "user_delete", user, where);
    }
    return user;
  }

  /** The ids of the orgs named, in each of which the caller must be an administrator. */
  private static List<String> administrated(
      CallContext call, ServerModel server, List<String> named) {
    Principal principal = Access.principal(call, server);
    List<String> orgs = named == null || named.isEmpty() ? List.of(server.orgId()) : named;
    List<String> ids = new ArrayList<>();
    for (String org : orgs) {
      String id = server.orgs().get(org).id();
      Principal there =
          id.equals(server.orgId())
              ? principal
              : server.orgs().accounts().principal(id, principal.name());
      if (!there.may(SERVER_ADMIN) && !principal.may("ORG_ADMIN")) {
        throw Access.denied(SERVER_ADMIN);
      }
      ids.add(id);
    }
    return ids;
  }

  private static void audit(
      CallContext call, ServerModel server, String operation, String user, List<String> orgs) {
    Dict details = Dict.of("username", user, "org_ids", orgs);
    server.audit(operation, details, Access.origin(call, server));
  }

  @VqlFunction(
      name = "user_options",
      doc = "Changes how a user sees the pages of the server. Returns what was chosen so far.")
  static Object userOptions(
      CallContext call,
      @Arg(value = "The user.", required = true) String user,
      @Arg("The theme.") String theme,
      @Arg("The time zone.") String timezone,
      @Arg("The language.") String lang,
      @Arg("The org to begin in.") String org,
      @Arg("Links to show.") StoredQuery links,
      @Arg(value = "Of downloads.", name = "default_password") String defaultPassword) {
    ServerModel server = Access.server(call);
    if (!user.equals(Access.principal(call, server).name())) {
      Access.server(call, SERVER_ADMIN);
    }
    Accounts accounts = server.orgs().accounts();
    Dict.Builder options = accounts.options(user).toBuilder();
    set(options, "theme", theme);
    set(options, "timezone", timezone);
    set(options, "lang", lang);
    set(options, "org", org);
    set(options, "default_password", defaultPassword);
    if (links != null) {
      List<Object> rows = new ArrayList<>();
      links.run(call.scope(), rows::add);
      options.set("links", rows);
    }
    Dict chosen = options.build();
    accounts.options(user, chosen);
    return chosen;
  }

  private static void set(Dict.Builder options, String name, String value) {
    if (value != null) {
      options.set(name, value);
    }
  }
}
