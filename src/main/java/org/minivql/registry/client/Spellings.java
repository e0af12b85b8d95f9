package org.minivql.registry.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How labels were first written on any client, as far as there is room to remember. */
final class Spellings {
  private static final int MOST = 10_000;
  private static final int LONGEST = 200;

  private final Map<String, Use> first = new ConcurrentHashMap<>();

  /** A label as it is written on a client. */
  record Use(String label, String clientId) {}

  /**
   * Where a label was first written, remembered from now on.
   *
   * @return null unless it is written in another way there
   */
  Use other(String label, String clientId) {
    if (label.length() > LONGEST) {
      return null;
    }
    String folded = ClientRecord.fold(label);
    Use known = first.get(folded);
    if (known == null && first.size() < MOST) {
      known = first.putIfAbsent(folded, new Use(label, clientId));
    }
    return known == null || known.label().equals(label) ? null : known;
  }
}
