package org.minivql.fleet.source;

import java.time.Instant;
import java.util.List;

/**
 * The settings of a fleet.
 *
 * @param clockStart when virtual time begins
 * @param principal who runs rules and programs, or null for the server itself
 * @param roles the roles of the principal; without any it may do everything
 * @param idSeed text that generated ids contain
 * @param indexedMetadata the metadata keys that can be searched
 * @param order whether the server or the rules handle a completion first, or both ways are tried
 * @since 0.1.0
 */
public record FleetConfig(
    Instant clockStart,
    String principal,
    List<String> roles,
    String idSeed,
    List<String> indexedMetadata,
    Order order) {
  /** The settings where a fleet says nothing. */
  public static final FleetConfig DEFAULT =
      new FleetConfig(
          Instant.ofEpochSecond(1_577_836_800L),
          null,
          List.of(),
          "",
          List.of(),
          Order.SERVICE_FIRST);

  /** Takes copies of the lists. */
  public FleetConfig {
    roles = List.copyOf(roles);
    indexedMetadata = List.copyOf(indexedMetadata);
  }

  /** The same settings with another order. */
  public FleetConfig with(Order other) {
    return new FleetConfig(clockStart, principal, roles, idSeed, indexedMetadata, other);
  }

  /** Who handles the completion of an interrogation first. */
  public enum Order {
    /** The client record is brought up to date before rules see the event. */
    SERVICE_FIRST,
    /** Rules see the event before the client record is brought up to date. */
    HANDLER_FIRST,
    /** Both ways are played. */
    BOTH
  }
}
