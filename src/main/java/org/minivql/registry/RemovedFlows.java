package org.minivql.registry;

/** The flows that were removed. Those that are recorded stay so, but nothing of them is read. */
final class RemovedFlows {
  private static final String TABLE = "flows_removed";

  private final Store store;
  private final Recorded recorded;

  RemovedFlows(Store store, Recorded recorded) {
    this.store = store;
    this.recorded = recorded;
  }

  private static String key(String clientId, String flowId) {
    return clientId + "/" + flowId;
  }

  void add(String clientId, String flowId) {
    store.put(TABLE, key(clientId, flowId), true);
  }

  void remove(String clientId, String flowId) {
    store.remove(TABLE, key(clientId, flowId));
  }

  boolean contains(String clientId, String flowId) {
    return store.size(TABLE) > 0 && store.get(TABLE, key(clientId, flowId)) != null;
  }

  /** Where to read what is recorded of a flow: nowhere when it was removed. */
  Recorded recorded(String clientId, String flowId) {
    return contains(clientId, flowId) ? Recorded.NONE : recorded;
  }
}
