package org.minivql.builtin.server;

import java.util.function.UnaryOperator;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.ClientRecord;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** Metadata of clients and of the server. */
final class MetadataCalls {
  private MetadataCalls() {}

  @VqlFunction(
      name = "client_metadata",
      doc = "The metadata of a client, in the order it was set; empty where there is none.",
      permission = "READ_RESULTS")
  static Object clientMetadata(
      CallContext call,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId) {
    String permission = clientId.equals(ClientRecord.SERVER) ? "SERVER_ADMIN" : "READ_RESULTS";
    return Access.server(call, permission).metadata().get(clientId);
  }

  @VqlFunction(
      name = "server_metadata",
      doc = "The metadata of the server.",
      version = 3,
      permission = "SERVER_ADMIN")
  static Object serverMetadata(CallContext call) {
    return Access.server(call, "SERVER_ADMIN").metadata().get(ClientRecord.SERVER);
  }

  @VqlFunction(
      name = "client_set_metadata",
      doc =
          "Merges entries into the metadata of a client: values become text, NULL deletes a key."
              + " Returns TRUE.",
      version = 3,
      permission = "COLLECT_CLIENT")
  static Object clientSetMetadata(
      CallContext call,
      @Arg(value = "The client, or server.", name = "client_id", required = true) String clientId,
      @Arg("The entries; without it the other arguments are the entries.") Dict metadata,
      @Arg("Gets the current dict and returns the complete new one.") Lambda modify,
      @AllArgs("Entries where no metadata is given.") Dict others) {
    return set(call, clientId, metadata, modify, others);
  }

  @VqlFunction(
      name = "server_set_metadata",
      doc =
          "Merges entries into the metadata of the server: values become text, NULL deletes a key."
              + " Returns TRUE.",
      permission = "SERVER_ADMIN")
  static Object serverSetMetadata(
      CallContext call,
      @Arg("The entries; without it the other arguments are the entries.") Dict metadata,
      @Arg("Gets the current dict and returns the complete new one.") Lambda modify,
      @AllArgs("Entries where no metadata is given.") Dict others) {
    return set(call, ClientRecord.SERVER, metadata, modify, others);
  }

  private static Object set(
      CallContext call, String clientId, Dict metadata, Lambda modify, Dict others) {
    String permission = clientId.equals(ClientRecord.SERVER) ? "SERVER_ADMIN" : "COLLECT_CLIENT";
    ServerModel server = Access.server(call, permission);
    Scope scope = call.scope();
    UnaryOperator<Dict> change =
        modify == null
            ? current -> merge(scope, current, metadata == null ? others : metadata)
            : current -> merge(scope, Dict.EMPTY, modified(scope, modify, current));
    server.metadata().update(clientId, change, Access.origin(call, server));
    return true;
  }

  private static Dict modified(Scope scope, Lambda modify, Dict current) {
    if (modify.call(scope, current) instanceof Dict result) {
      return result;
    }
    throw new ArgumentException("modify must return a dict");
  }

  private static Dict merge(Scope scope, Dict current, Dict entries) {
    Dict.Builder out = current.toBuilder();
    entries.forEach(
        (key, raw) -> {
          Object value = scope.operators().normalise(scope, raw);
          if (value == null) {
            out.remove(key);
          } else {
            out.replace(key, scope.operators().text(scope, value));
          }
        });
    return out.build();
  }
}
