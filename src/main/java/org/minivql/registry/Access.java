package org.minivql.registry;

import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Permissions;
import org.minivql.value.Scope;

/**
 * How a builtin gets at the server, and whether it may.
 *
 * @since 0.1.0
 */
public final class Access {
  private Access() {}

  /**
   * The server that a call is made on.
   *
   * @param permissions what the caller must hold, all of them
   * @throws ArgumentException where there is no server, or the caller may not do this
   */
  public static ServerModel server(CallContext call, String... permissions) {
    ServerModel model = call.scope().service(ServerModel.class);
    if (model == null) {
      throw new ArgumentException("Command can only run on the server");
    }
    Principal principal = principal(call, model);
    for (String permission : permissions) {
      if (!principal.may(permission)) {
        throw denied(permission);
      }
    }
    return model;
  }

  /** Who makes the call. */
  public static Principal principal(CallContext call, ServerModel model) {
    return principal(call.scope(), model);
  }

  static Principal principal(Scope scope, ServerModel model) {
    Principal principal = scope.service(Principal.class);
    return principal != null ? principal : model.principal();
  }

  /** The refusal of a call that needs a permission. */
  public static ArgumentException denied(String permission) {
    return new ArgumentException(Permissions.denied(permission));
  }

  /** What those who run queries on a server may do to its machine. */
  public static Permissions permissions(ServerModel model) {
    return (scope, permission) -> principal(scope, model).may(permission);
  }

  /** Who changes something by this call, and because of what. */
  public static Origin origin(CallContext call, ServerModel model) {
    Rule rule = Rule.of(call.scope());
    return new Origin(principal(call, model).name(), rule.name(), rule.current());
  }
}
