package org.minivql.builtin.server;

import org.minivql.registry.Access;
import org.minivql.registry.ArtifactInfo;
import org.minivql.registry.Rule;
import org.minivql.registry.ServerModel;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Event queues. */
final class EventCalls {
  private EventCalls() {}

  @VqlPlugin(
      name = "watch_monitoring",
      doc =
          "The events of a queue from now on: the columns of the event, then _ts in seconds and"
              + " _Source. Never ends by itself.",
      permission = "READ_RESULTS",
      endless = true)
  static void watchMonitoring(
      Sink out,
      CallContext call,
      @Arg(
              value = "The queue: the artifact, with /source where the source has a name.",
              required = true)
          String artifact) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    Scope scope = call.scope();
    ArtifactInfo info = server.artifacts().findFull(artifact);
    if (info == null) {
      scope.log("Artifact " + artifact + " not known");
      return;
    }
    if (!info.isEvent() && !info.isInternal()) {
      scope.log("watch_monitoring only supports monitoring event artifacts");
      return;
    }
    Rule rule = Rule.of(scope);
    if (artifact.indexOf('/') < 0 && !info.sources().isEmpty() && !info.sources().contains("")) {
      server
          .quirks()
          .warn(
              "Q-21",
              rule.name(),
              null,
              "nothing is sent to the queue "
                  + artifact
                  + "; its sources have names, watch "
                  + artifact
                  + "/"
                  + info.sources().get(0));
    }
    server.bus().watch(artifact, rule, scope::alive, out);
  }
}
