package org.minivql.fleet.play;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.minivql.fleet.source.Hosts;
import org.minivql.spi.Catalog;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Mocks;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Has the plugins of a host answered by its description, and counts what is called. */
final class HostMocks implements Mocks {
  private final Hosts hosts;
  private final String clientId;
  private final Map<String, Long> calls = new HashMap<>();
  private final LongAdder functions = new LongAdder();
  private final LongAdder plugins = new LongAdder();

  HostMocks(Hosts hosts, String clientId) {
    this.hosts = hosts;
    this.clientId = clientId;
  }

  @Override
  public Catalog.Function function(String name) {
    functions.increment();
    return null;
  }

  @Override
  public Catalog.Plugin plugin(String name) {
    plugins.increment();
    return hosts.answers(clientId, name)
        ? new Catalog.Plugin(
            signature(name),
            (context, arguments, out) -> answer(name, (Dict) arguments[0], out, context::log))
        : null;
  }

  /** How many calls of functions there were. */
  long functions() {
    return functions.sum();
  }

  /** How many calls of plugins there were. */
  long plugins() {
    return plugins.sum();
  }

  private void answer(String name, Dict arguments, Sink out, Consumer<String> log) {
    hosts.answer(
        clientId, name, arguments, answer -> calls.merge(answer, 1L, Long::sum) - 1, out, log);
  }

  private static Signature signature(String name) {
    return new Signature(
        Signature.Kind.PLUGIN,
        name,
        "Answers as the description of the host says.",
        List.<Parameter>of(),
        true,
        List.of(),
        List.of(),
        0,
        "",
        ErrorValue.NULL,
        name,
        false,
        false);
  }
}
