package org.minivql.registry;

import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Principal;
import org.minivql.registry.event.Rule;
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
   * @param permission what the caller must hold
   * @throws ArgumentException where there is no server, or the caller may not do this
   */
  public static ServerModel server(CallContext call, String permission) {
    ServerModel model = server(call);
    require(call, model, permission);
    return model;
  }

  /**
   * The server that a call is made on, whatever the caller may do.
   *
   * @throws ArgumentException where there is no server
   */
  public static ServerModel server(CallContext call) {
    ServerModel model = call.scope().service(ServerModel.class);
    if (model == null) {
      throw new ArgumentException("Command can only run on the server");
    }
    return model;
  }

  private static void require(CallContext call, ServerModel model, String permission) {
    if (!principal(call, model).may(permission)) {
      throw denied(permission);
    }
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
