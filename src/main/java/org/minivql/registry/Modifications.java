package org.minivql.registry;

import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;

/**
 * Tells that a definition was changed.
 *
 * @since 0.1.0
 */
public final class Modifications {
  private Modifications() {}

  /**
   * Sends {@code setter, artifact, op}, then the member if there is one, then {@code id}.
   *
   * @param op set, delete or metadata
   * @param member the name of what it was changed to, or null
   */
  public static void send(
      ServerModel server, String artifact, String op, String member, Object value, Origin origin) {
    Dict.Builder payload =
        Dict.builder().set("setter", origin.principal()).set("artifact", artifact).set("op", op);
    if (member != null) {
      payload.set(member, value);
    }
    payload.set("id", artifact + "/" + (server.bus().count(Interrogation.MODIFICATION) + 1));
    server.bus().publish(Interrogation.MODIFICATION, ClientRecord.SERVER, payload.build(), origin);
  }
}
