package org.minivql.registry.client;

import java.util.Locale;
import org.minivql.registry.store.Store;

/**
 * Gives identifiers out of counters, so that the same run gives the same ones.
 *
 * @since 0.1.0
 */
public final class Ids {
  public static final String TABLE = "ids";

  private final String seed;
  private final Store store;

  /** Ids that contain a seed, which may be empty: {@code F.01}, {@code F.02}, … */
  public Ids(String seed, Store store) {
    this.seed = seed;
    this.store = store;
  }

  private synchronized long next(String kind) {
    long next = store.get(TABLE, kind) instanceof Long last ? last + 1 : 1;
    store.put(TABLE, kind, next);
    return next;
  }

  /** The id of a new flow. */
  public String flow() {
    return String.format(Locale.ROOT, "F.%s%02d", seed, next("flow"));
  }

  /** The id of a new hunt. */
  public String hunt() {
    return String.format(Locale.ROOT, "H.%s%02d", seed, next("hunt"));
  }

  /** The id of a new client: 16 hex digits. */
  public String client() {
    long mixed = (next("client") + seed.hashCode() * 31L) * 0x9E3779B97F4A7C15L;
    return String.format(Locale.ROOT, "C.%016x", mixed);
  }

  /** The id of a new notebook. */
  public String notebook() {
    return String.format(Locale.ROOT, "N.%s%02d", seed, next("notebook"));
  }

  /** The id of a new cell of a notebook. */
  public String cell() {
    return String.format(Locale.ROOT, "NC.%s%02d", seed, next("cell"));
  }

  /** The id of a new org. */
  public String org() {
    return String.format(Locale.ROOT, "O%s%02d", seed, next("org"));
  }

  /** The number by which the server's process names itself in events. */
  public long process() {
    return 1 + (seed.hashCode() & Integer.MAX_VALUE);
  }

  /** The flow of every client in a hunt. */
  public static String huntFlow(String huntId) {
    return "F." + (huntId.startsWith("H.") ? huntId.substring(2) : huntId) + ".H";
  }

  /**
   * Checks the id of a client.
   *
   * @return what is wrong with it, or null
   */
  public static String problem(String clientId) {
    if (clientId == null || clientId.isEmpty()) {
      return "ClientId not provided";
    }
    boolean wellFormed =
        clientId.startsWith(ClientRecord.SERVER)
            || clientId.length() > 2 && clientId.startsWith("C.") && isIdPart(clientId.charAt(2));
    return wellFormed ? null : "ClientId is not valid";
  }

  private static boolean isIdPart(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }
}
