package org.minivql.registry.event;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.minivql.spi.Permissions;

/**
 * Who runs a query.
 *
 * @param name the user's name
 * @param permissions what the user may do
 * @param queues the artifacts to whose queues the user may send events without being allowed to
 *     send to all
 * @since 0.1.0
 */
public record Principal(String name, Set<String> permissions, Set<String> queues) {
  /** The name of the server acting by itself, which may do everything. */
  public static final String SUPERUSER = "VelociraptorServer";

  private static final Set<String> ALL = Set.copyOf(Permissions.NAMES);

  /** Copies the sets. */
  public Principal {
    permissions = Set.copyOf(permissions);
    queues = Set.copyOf(queues);
  }

  /** A user who may send events to no queue, or to all. */
  public Principal(String name, Set<String> permissions) {
    this(name, permissions, Set.of());
  }

  /** The server itself. */
  public static Principal superuser() {
    return new Principal(SUPERUSER, ALL);
  }

  /**
   * A user with roles.
   *
   * @throws IllegalArgumentException for a role that does not exist
   */
  public static Principal of(String name, Collection<String> roles) {
    Set<String> permissions = new TreeSet<>();
    for (String role : roles) {
      permissions.addAll(expand(role));
    }
    return new Principal(name, permissions);
  }

  private static Set<String> expand(String role) {
    Set<String> analyst =
        Set.of("READ_RESULTS", "NOTEBOOK_EDITOR", "LABEL_CLIENT", "ANY_QUERY", "PREPARE_RESULTS");
    return switch (role) {
      case "administrator" -> without(ALL, "PUBLISH", "DATASTORE_ACCESS");
      case "org_admin" -> Set.of("ORG_ADMIN");
      case "reader" -> Set.of("READ_RESULTS");
      case "api" -> Set.of("ANY_QUERY", "READ_RESULTS");
      case "analyst" -> analyst;
      case "investigator" -> {
        Set<String> more = new TreeSet<>(analyst);
        more.add("COLLECT_CLIENT");
        more.add("START_HUNT");
        yield more;
      }
      case "artifact_writer" -> Set.of("ARTIFACT_WRITER");
      default -> throw new IllegalArgumentException("unknown role " + role);
    };
  }

  private static Set<String> without(Set<String> all, String... some) {
    Set<String> rest = new TreeSet<>(all);
    for (String one : some) {
      rest.remove(one);
    }
    return rest;
  }

  /** All the names of permissions there are. */
  public static Set<String> permissionNames() {
    return ALL;
  }

  /** Whether the user may send events to the queue of an artifact. */
  public boolean mayPublish(String artifact) {
    return may("SERVER_ADMIN") || may("PUBLISH") || queues.contains(artifact);
  }

  /** Whether the user may do this. */
  public boolean may(String permission) {
    return permissions.contains(permission);
  }
}
