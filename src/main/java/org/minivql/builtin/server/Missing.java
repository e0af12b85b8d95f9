package org.minivql.builtin.server;

import java.util.List;
import org.minivql.registry.Interrogation;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Rule;
import org.minivql.value.Dict;

/** Explains a result set that is not there, which looks just like an empty one. */
final class Missing {
  private Missing() {}

  static void warn(ServerModel server, Rule rule, String clientId, String flowId, String artifact) {
    Dict flow = server.flows().get(clientId, flowId);
    List<?> names = flow == null ? List.of() : (List<?>) flow.get("artifacts_with_results");
    String read = "source(artifact=\"" + artifact + "\") read 0 rows because ";
    if (artifact.startsWith(Interrogation.ARTIFACT) && names.contains("Custom." + artifact)) {
      server
          .quirks()
          .warn(
              "Q-34",
              rule.name(),
              clientId,
              read
                  + "this flow's results are named Custom."
                  + artifact
                  + "; take the name from the event: filter(list=Flow.artifacts_with_results,"
                  + " regex=\""
                  + artifact.substring(artifact.indexOf('/') + 1)
                  + "$\")[0]");
      return;
    }
    String why =
        flow == null
            ? "there is no flow " + flowId
            : names.contains(artifact)
                ? "flow " + flowId + " names these results, but they are not there"
                : "flow " + flowId + " has " + names;
    server.quirks().warn("Q-20", rule.name(), clientId, read + why);
  }
}
