package org.minivql.builtin.sigma;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Rule;
import org.minivql.sigma.reader.Host;
import org.minivql.spi.CallContext;
import org.minivql.value.Absent;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** What a call gives to rules: its lambdas, variables and log. */
final class CallHost implements Host {
  private final CallContext context;

  CallHost(CallContext context) {
    this.context = context;
  }

  @Override
  public Lambda lambda(String text) {
    return context.lambda(text);
  }

  @Override
  public List<String> placeholder(String name) {
    Scope scope = context.scope();
    Object found = scope.member(name);
    Object value = found == Absent.ABSENT ? null : scope.operators().normalise(scope, found);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      texts.add(scope.operators().text(scope, item));
    }
    return texts;
  }

  @Override
  public void log(String line) {
    context.append(line);
  }

  @Override
  public void problem(String message) {
    context.log(message);
  }

  @Override
  public void warn(String quirk, String message) {
    String id = quirk == null ? "" : " (" + quirk + ")";
    context.append("WARN:sigma: " + message + id);
    ServerModel server = context.scope().service(ServerModel.class);
    if (server != null && quirk != null) {
      server.quirks().warn(quirk, Rule.of(context.scope()).name(), null, message);
    }
  }
}
