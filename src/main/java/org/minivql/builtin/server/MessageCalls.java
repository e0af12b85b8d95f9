package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.UserMessages;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;

/** Messages to users. */
final class MessageCalls {
  private static final Shape ROW = Shape.of("Timestamp", "From", "Message");

  private MessageCalls() {}

  @VqlFunction(
      name = "user_message",
      doc = "Leaves a message for a user: the dict, or else all other arguments. TRUE when done.",
      version = 1)
  static Object userMessage(
      CallContext call,
      @Arg(value = "The user.", required = true) String user,
      @Arg("The message.") Dict message,
      @AllArgs("The message where none is given as a dict.") Dict others) {
    ServerModel server = Access.server(call);
    server
        .orgs()
        .messages()
        .add(
            user,
            new UserMessages.Note(
                Timestamp.utc(call.scope().clock().instant()),
                Access.principal(call, server).name(),
                message == null ? others : message));
    return true;
  }

  @VqlPlugin(
      name = "user_messages",
      doc = "The messages that wait for the caller or, for administrators, for another user.",
      columns = {"Timestamp", "From", "Message"},
      version = 1)
  static void userMessages(
      CallContext call,
      Sink out,
      @Arg("Whether to forget them.") boolean clear,
      @Arg("The user.") String user) {
    ServerModel server = Access.server(call);
    String caller = Access.principal(call, server).name();
    String name = user == null || user.isEmpty() ? caller : user;
    if (!name.equals(caller)) {
      Access.server(call, "SERVER_ADMIN");
    }
    for (UserMessages.Note note : server.orgs().messages().read(name, clear)) {
      if (!out.row(Dict.over(ROW, note.time(), note.from(), note.content()))) {
        return;
      }
    }
  }
}
