package org.minivql.fleet.play;

import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.fleet.source.Step;
import org.minivql.registry.client.ClientRecord;
import org.minivql.value.Dict;

/** The flows that steps asked clients for, of which some may still wait when the script is over. */
final class Unanswered {
  private final World world;
  private final Map<Step, String> flows = new LinkedHashMap<>();

  Unanswered(World world) {
    this.world = world;
  }

  /** A step enrolled a client, which is interrogated. */
  void enrolled(Step step) {
    flows.put(step, interrogation(step));
  }

  /** A step scheduled a flow. */
  void collected(Step step, String flowId) {
    flows.put(step, flowId);
  }

  /** Warns of the flows that nothing answered. */
  void warn() {
    flows.forEach(this::warn);
  }

  private void warn(Step step, String flowId) {
    String clientId = step.text("client");
    Dict flow = world.model().flows().get(clientId, flowId);
    if (World.isScheduled(flow) && !interrogatedSince(step, flowId)) {
      String message =
          "step "
              + step.action()
              + " ("
              + step.place()
              + ") stays scheduled: there is no hosts/"
              + clientId
              + " to collect from, and no step completes flow "
              + flowId;
      world.model().quirks().warn("W-NOT-COLLECTED", null, clientId, message);
    }
  }

  /** Another flow may have filled the record of a client that was enrolled. */
  private boolean interrogatedSince(Step step, String flowId) {
    return step.action().equals("enrol") && !flowId.equals(interrogation(step));
  }

  private String interrogation(Step step) {
    ClientRecord client = world.model().clients().get(step.text("client"));
    return client == null ? "" : client.text("last_interrogate_flow_id");
  }
}
