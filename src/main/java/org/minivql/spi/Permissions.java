package org.minivql.spi;

import java.util.List;
import java.util.Set;
import org.minivql.value.Scope;

/**
 * What the one who runs a query may do: a service of hosts that have users. Without it a query may
 * do everything that the host's other services let it do.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Permissions {
  /** Everything is allowed: queries that the machine itself runs. */
  Permissions ALL = (scope, permission) -> true;

  /** The names of all permissions, in the order in which they are shown. */
  List<String> NAMES =
      List.of(
          "ANY_QUERY",
          "PUBLISH",
          "READ_RESULTS",
          "LABEL_CLIENT",
          "COLLECT_CLIENT",
          "COLLECT_BASIC",
          "START_HUNT",
          "COLLECT_SERVER",
          "ARTIFACT_WRITER",
          "SERVER_ARTIFACT_WRITER",
          "EXECVE",
          "NOTEBOOK_EDITOR",
          "ORG_ADMIN",
          "IMPERSONATION",
          "SERVER_ADMIN",
          "FILESYSTEM_READ",
          "FILESYSTEM_WRITE",
          "NETWORK",
          "MACHINE_STATE",
          "PREPARE_RESULTS",
          "DELETE_RESULTS",
          "DATASTORE_ACCESS");

  /** Permissions that concern the machine; calls of the server ask for theirs by themselves. */
  Set<String> OF_MACHINE =
      Set.of("FILESYSTEM_READ", "FILESYSTEM_WRITE", "MACHINE_STATE", "NETWORK", "EXECVE");

  /** Whether a query may do something. */
  boolean may(Scope scope, String permission);

  /** Whether a query may do something to the machine. */
  static boolean allowed(Scope scope, String permission) {
    Permissions service = scope.service(Permissions.class);
    return service == null || service.may(scope, permission);
  }

  /** What a refusal says. */
  static String denied(String permission) {
    return "PermissionDenied: Permission denied: [" + permission + "]";
  }

  /**
   * Refuses a call that needs what its caller may not do to the machine. Reading files is asked for
   * where it happens, since not everything that is read is a file of the machine.
   *
   * @param permission what the call declares, or empty
   * @throws ArgumentException for a refusal
   */
  static void check(Scope scope, String permission) {
    if (guards(permission) && !allowed(scope, permission)) {
      throw new ArgumentException(denied(permission));
    }
  }

  /** Whether {@link #check} ever refuses a call that declares this. */
  static boolean guards(String permission) {
    return OF_MACHINE.contains(permission) && !permission.equals("FILESYSTEM_READ");
  }
}
