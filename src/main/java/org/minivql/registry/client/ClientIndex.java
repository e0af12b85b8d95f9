package org.minivql.registry.client;

import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.store.Store;

/**
 * The search terms of the clients, kept as ordered keys {@code operator:value/client id} in lower
 * case.
 *
 * <p>Terms are written where the server writes them; what a rebuild from the records would change
 * is remembered, so that a rebuild costs no more than that.
 *
 * @since 0.1.0
 */
public final class ClientIndex {
  public static final String TABLE = "index";
  public static final String STALE = "stale";

  private static final String LISTED = "all";

  private final Store store;
  private final List<String> metadataKeys;

  /** Reads the clients of the store; metadata is found by the given keys only. */
  public ClientIndex(Store store, List<String> metadataKeys) {
    this.store = store;
    this.metadataKeys = List.copyOf(metadataKeys);
  }

  boolean isMetadataKey(String name) {
    return metadataKeys.contains(name);
  }

  List<String> metadataKeys() {
    return metadataKeys;
  }

  /** Whether a rebuild would change the terms of a client. */
  boolean isStale(String clientId) {
    return store.get(STALE, clientId) != null;
  }

  void addLabel(String clientId, String label) {
    put("label:" + label, clientId);
  }

  void removeLabel(String clientId, String label) {
    remove("label:" + label, clientId);
  }

  /** A record made by setting a label on an unknown client: found by id, not listed. */
  void addUnlisted(String clientId) {
    put("client:" + clientId, clientId);
    store.put(STALE, clientId, true);
  }

  /** Puts the terms of a record in place of those of an earlier one; FQDN included. */
  void interrogated(ClientRecord before, ClientRecord after) {
    replace(before, after, true);
    if (!after.text("fqdn").isEmpty()) {
      store.put(STALE, after.clientId(), true);
    }
  }

  /** What a rebuild from the records does to one of them. */
  void rebuilt(ClientRecord before, ClientRecord after) {
    replace(before, after, false);
    store.remove(STALE, after.clientId());
  }

  private void replace(ClientRecord before, ClientRecord after, boolean fqdn) {
    if (before != null) {
      terms(before, true).forEach(term -> remove(term, before.clientId()));
    }
    terms(after, fqdn).forEach(term -> put(term, after.clientId()));
    store.put(TABLE, key(LISTED, after.clientId()), after.clientId());
  }

  void removeAll(ClientRecord record) {
    terms(record, true).forEach(term -> remove(term, record.clientId()));
    store.remove(TABLE, key(LISTED, record.clientId()));
    store.remove(STALE, record.clientId());
  }

  /** The ids whose terms a rebuild would change. */
  List<String> stale() {
    List<String> ids = new ArrayList<>();
    store.scan(STALE, "", (id, ignored) -> ids.add(id));
    return ids;
  }

  private List<String> terms(ClientRecord record, boolean fqdn) {
    List<String> terms = new ArrayList<>();
    terms.add("client:" + record.clientId());
    record.labels().forEach(label -> terms.add("label:" + label));
    addUnlessEmpty(terms, "host:", record.text("hostname"));
    if (fqdn) {
      addUnlessEmpty(terms, "host:", record.text("fqdn"));
    }
    for (Object mac : (List<?>) record.fields().get("mac_addresses")) {
      addUnlessEmpty(terms, "mac:", String.valueOf(mac));
    }
    record.metadata().forEach((key, value) -> terms.add(key + ":" + value));
    return terms;
  }

  private static void addUnlessEmpty(List<String> terms, String operator, String value) {
    if (!value.isEmpty()) {
      terms.add(operator + value);
    }
  }

  private void put(String term, String clientId) {
    store.put(TABLE, key(term, clientId), clientId);
  }

  private void remove(String term, String clientId) {
    store.remove(TABLE, key(term, clientId));
  }

  private static String key(String term, String clientId) {
    return ClientRecord.fold(term + "/" + clientId);
  }

  /** Visits terms that start with a prefix, in order: the term without the id, and the id. */
  boolean scan(String prefix, Store.Visitor visitor) {
    return store.scan(
        TABLE,
        ClientRecord.fold(prefix),
        (key, id) ->
            visitor.entry(
                key.substring(0, key.length() - ClientRecord.fold((String) id).length() - 1), id));
  }
}
