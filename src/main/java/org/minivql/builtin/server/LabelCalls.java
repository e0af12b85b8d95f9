package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.client.Labels;
import org.minivql.registry.event.Origin;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Values;

/** Labels of clients. */
final class LabelCalls {
  private static final List<String> OPERATIONS = List.of("set", "remove", "check");
  private static final Shape RESULT = Shape.of("ClientId", "Labels", "Op");

  private LabelCalls() {}

  @VqlFunction(
      name = "label",
      doc =
          "Sets, removes or checks labels of a client. Returns {ClientId, Labels, Op}; false where a"
              + " label that is checked is not set. Any other op does nothing and looks like success.",
      permission = "LABEL_CLIENT")
  static Object label(
      CallContext call,
      @Arg(value = "The client.", name = "client_id", required = true) String clientId,
      @Arg(value = "The labels; empty ones and NULL are skipped.", required = true) Object labels,
      @Arg("One of set, remove and check, in lower case.") String op) {
    ServerModel server = Access.server(call, "LABEL_CLIENT");
    Origin origin = Access.origin(call, server);
    String operation = op == null ? "" : op;
    List<String> names = names(call.scope(), labels);
    for (String label : names) {
      if (!label.isEmpty() && !apply(server.labels(), operation, clientId, label, origin)) {
        return false;
      }
    }
    if (!OPERATIONS.contains(operation)) {
      server
          .quirks()
          .warn(
              "Q-12",
              origin.rule(),
              clientId,
              "label(op=\"" + operation + "\") does nothing; op is set, remove or check");
    }
    return Dict.over(RESULT, clientId, names, operation);
  }

  /** The labels as text; NULL is no label, where a list of strings would have it spelled out. */
  private static List<String> names(Scope scope, Object given) {
    Object value = Values.reduce(given);
    if (value instanceof String label) {
      return List.of(label);
    }
    List<?> items = List.of();
    if (Values.isQuery(value)) {
      items = Values.rows(scope, value);
    } else if (value instanceof List<?> list) {
      items = list;
    } else if (value != null) {
      items = List.of(value);
    }
    List<String> names = new ArrayList<>(items.size());
    for (Object item : items) {
      names.add(name(scope, Values.reduce(item)));
    }
    return names;
  }

  private static String name(Scope scope, Object item) {
    if (item == null) {
      return "";
    }
    boolean single =
        item instanceof Dict dict && dict.size() == 1 && dict.cell(0) instanceof String;
    return single ? (String) ((Dict) item).cell(0) : scope.operators().text(scope, item);
  }

  /** False where a check failed. */
  private static boolean apply(
      Labels labels, String op, String clientId, String label, Origin origin) {
    switch (op) {
      case "set" -> labels.set(clientId, label, origin);
      case "remove" -> labels.remove(clientId, label, origin);
      case "check" -> {
        return labels.check(clientId, label, origin);
      }
      default -> {
        return true;
      }
    }
    return true;
  }
}
