package org.minivql.registry.client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.minivql.registry.event.ChangeLog;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.record.Units;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * Sets and removes the labels of clients, and says so: each call sends {@code
 * Server.Internal.Label} and an audit event, whether it changed anything or not.
 *
 * <p>Labels are kept in the order and the case they were first given; comparison ignores case.
 *
 * @since 0.1.0
 */
public final class Labels {
  /** The queue of label events. */
  public static final String QUEUE = "Server.Internal.Label";

  public static final String REMOVED = "removed_labels";

  private static final Shape EVENT = Shape.of("client_id", "Operation", "Label");
  private static final Shape DETAILS = Shape.of("client_id", "label");

  private final Store store;
  private final Clients clients;
  private final EventBus bus;
  private final Audit audit;
  private final ChangeLog changes;
  private final Quirks quirks;
  private final Clock clock;

  /** The labels of the given clients; every change is kept, audited and told to the bus. */
  public Labels(
      Store store,
      Clients clients,
      EventBus bus,
      Audit audit,
      ChangeLog changes,
      Quirks quirks,
      Clock clock) {
    this.store = store;
    this.clients = clients;
    this.bus = bus;
    this.audit = audit;
    this.changes = changes;
    this.quirks = quirks;
    this.clock = clock;
  }

  /**
   * Sets a label, creating the record of an unknown client.
   *
   * @return whether the client did not have it before
   * @throws ArgumentException for a malformed client id
   */
  public boolean set(String clientId, String label, Origin origin) {
    String problem = Ids.problem(clientId);
    if (problem != null) {
      throw new ArgumentException(problem);
    }
    String trimmed = label.strip();
    warnOfSpaces(clientId, label, origin);
    boolean[] effective = new boolean[1];
    clients.locked(
        clientId,
        () -> {
          effective[0] = add(clientId, trimmed, origin);
          announce(clientId, "Add", trimmed, origin);
          changes.add(clientId, "label", "set", trimmed, effective[0], origin);
        });
    bus.deliver();
    return effective[0];
  }

  /**
   * Says that a label of the client's own configuration was set.
   *
   * @param added whether the interrogation has just put it into the record
   */
  public void configured(String clientId, String label, boolean added, Origin origin) {
    String trimmed = label.strip();
    clients.locked(
        clientId,
        () -> {
          boolean wasRemoved = removed(clientId, trimmed);
          boolean effective = added || add(clientId, trimmed, origin);
          if (effective && wasRemoved) {
            quirks.warn(
                "Q-09",
                origin.rule(),
                clientId,
                "label "
                    + shown(trimmed)
                    + " was removed by hand and has come back: it is in the client's configuration");
          }
          announce(clientId, "Add", trimmed, origin);
          changes.add(clientId, "label", "set", trimmed, effective, origin);
        });
    bus.deliver();
  }

  private boolean add(String clientId, String label, Origin origin) {
    ClientRecord before = clients.get(clientId);
    if (before == null) {
      quirks.warn(
          "Q-13",
          origin.rule(),
          clientId,
          "labelling an unknown client creates a record that has only the id and the label");
      warnOfUnknown(clientId, origin);
      before = ClientRecord.of(clientId);
      clients.terms().addUnlisted(clientId);
    }
    String folded = ClientRecord.fold(label);
    List<String> labels = before.labels();
    for (String have : labels) {
      if (ClientRecord.fold(have).equals(folded)) {
        again(before, have, label, origin);
        clients.terms().addLabel(clientId, label);
        return false;
      }
    }
    Spellings.Use other = clients.spellings().other(label, clientId);
    if (other != null) {
      String message =
          "label " + shown(label) + " is " + shown(other.label()) + " on " + other.clientId();
      quirks.warn("W-CASE", origin.rule(), clientId, message);
    }
    labels.add(label);
    clients.put(before.withLabels(labels, nanos()));
    clients.terms().addLabel(clientId, label);
    if (store.size(REMOVED) > 0) {
      store.remove(REMOVED, removedKey(clientId, label));
    }
    return true;
  }

  private boolean removed(String clientId, String label) {
    String key = removedKey(clientId, label);
    boolean was = store.get(REMOVED, key) != null;
    store.remove(REMOVED, key);
    return was;
  }

  /** Forgets which labels were removed from a client. */
  public void forget(String clientId) {
    store.removeAll(REMOVED, clientId + "/");
  }

  private static String removedKey(String clientId, String label) {
    return clientId + "/" + ClientRecord.fold(label);
  }

  private void again(ClientRecord record, String have, String label, Origin origin) {
    quirks.warn(
        "Q-08",
        origin.rule(),
        record.clientId(),
        "setting a label again changes nothing but still sends label and audit events");
    if (!have.equals(label)) {
      quirks.warn(
          "W-CASE",
          origin.rule(),
          record.clientId(),
          "label " + shown(label) + " is the existing " + shown(have) + " in another case");
    }
  }

  /**
   * Removes a label; nothing is trimmed or checked.
   *
   * @return whether the client had it
   */
  public boolean remove(String clientId, String label, Origin origin) {
    warnOfSpaces(clientId, label, origin);
    boolean[] effective = new boolean[1];
    clients.locked(
        clientId,
        () -> {
          effective[0] = drop(clientId, label, origin);
          announce(clientId, "Remove", label, origin);
          changes.add(clientId, "label", "remove", label, effective[0], origin);
        });
    bus.deliver();
    return effective[0];
  }

  private boolean drop(String clientId, String label, Origin origin) {
    ClientRecord before = clients.get(clientId);
    String folded = ClientRecord.fold(label);
    clients.terms().removeLabel(clientId, label);
    if (before == null) {
      warnOfUnknown(clientId, origin);
      return false;
    }
    List<Object> kept = new ArrayList<>();
    for (String have : before.labels()) {
      if (!ClientRecord.fold(have).equals(folded)) {
        kept.add(have);
      }
    }
    if (kept.size() == before.labels().size()) {
      return false;
    }
    clients.put(before.withLabels(kept, nanos()));
    store.put(REMOVED, removedKey(clientId, label), true);
    return true;
  }

  /** Like {@link #isSet} on behalf of a query. */
  public boolean check(String clientId, String label, Origin origin) {
    warnOfSpaces(clientId, label, origin);
    if (clients.get(clientId) == null) {
      warnOfUnknown(clientId, origin);
    }
    return isSet(clientId, label);
  }

  private void warnOfUnknown(String clientId, Origin origin) {
    quirks.warn(
        "W-UNKNOWN-CLIENT", origin.rule(), clientId, "label() of a client that is not known");
  }

  private void warnOfSpaces(String clientId, String label, Origin origin) {
    if (!label.strip().equals(label)) {
      quirks.warn(
          "Q-07",
          origin.rule(),
          clientId,
          "label() trims a label it sets, but not one it removes or checks: " + shown(label));
    }
  }

  /** Whether a client has a label, in any case; everything has {@code all}. */
  public boolean isSet(String clientId, String label) {
    ClientRecord record = clients.get(clientId);
    return record == null ? ClientRecord.fold(label).equals("all") : record.hasLabel(label);
  }

  private void announce(String clientId, String operation, String label, Origin origin) {
    bus.post(QUEUE, clientId, Dict.over(EVENT, clientId, operation, label), origin);
    audit.post(
        operation.equals("Add") ? "SetClientLabel" : "RemoveClientLabel",
        Dict.over(DETAILS, clientId, label),
        origin);
  }

  private long nanos() {
    return Units.nanos(clock.instant());
  }

  private static String shown(String label) {
    String start = label.length() > 80 ? label.substring(0, 80) + "…" : label;
    return '"' + start + '"';
  }
}
