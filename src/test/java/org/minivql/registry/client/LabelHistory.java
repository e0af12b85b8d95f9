package org.minivql.registry.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Origin;

/** What labels mean, written down once more and as simply as possible. */
public final class LabelHistory {
  /**
   * One call.
   *
   * @param client which of a few clients
   * @param set whether to set or to remove
   */
  public record Step(int client, boolean set, String label) {
    /** The id of the client. */
    public String clientId() {
      return "C.0" + client;
    }

    /** Calls it. */
    public void run(ServerModel model) {
      if (set) {
        model.labels().set(clientId(), label, Origin.SERVER);
      } else {
        model.labels().remove(clientId(), label, Origin.SERVER);
      }
    }
  }

  private final Map<String, List<String>> labels = new HashMap<>();

  /** Applies a call; says whether it changed anything. */
  boolean apply(String clientId, boolean set, String label) {
    List<String> have = labels.computeIfAbsent(clientId, id -> new ArrayList<>());
    String wanted = label.toLowerCase(Locale.ROOT);
    boolean there = have.stream().anyMatch(l -> l.toLowerCase(Locale.ROOT).equals(wanted));
    if (set && !there) {
      return have.add(label);
    }
    return !set && have.removeIf(l -> l.toLowerCase(Locale.ROOT).equals(wanted));
  }

  /** Applies a call; says whether it changed anything. */
  public boolean apply(Step step) {
    return apply(step.clientId(), step.set(), step.set() ? step.label().strip() : step.label());
  }

  /** The labels of a client. */
  public List<String> of(String clientId) {
    return labels.getOrDefault(clientId, List.of());
  }
}
