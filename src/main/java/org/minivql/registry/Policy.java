package org.minivql.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.minivql.registry.event.Principal;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Permissions;
import org.minivql.value.Dict;

/**
 * What a user was granted in an org.
 *
 * @param roles the roles, in the order given
 * @param permissions what is allowed beside the roles
 * @param queues the artifacts to whose queues events may be sent, sorted
 * @since 0.1.0
 */
public record Policy(List<String> roles, Set<String> permissions, List<String> queues) {
  private static final String ROLES = "roles";
  private static final String QUEUES = "publish_queues";

  /** Copies the lists. */
  public Policy {
    roles = List.copyOf(roles);
    permissions = Set.copyOf(permissions);
    queues = List.copyOf(new TreeSet<>(queues));
  }

  /**
   * A policy out of roles and a dict that may name more roles and the queues to which events may be
   * sent, and sets permissions by their names.
   *
   * @param given the dict, or null
   * @throws ArgumentException for a role or a permission that does not exist
   */
  public static Policy of(Collection<String> roles, Dict given) {
    Set<String> all = new LinkedHashSet<>(roles);
    Set<String> permissions = new LinkedHashSet<>();
    List<String> queues = new ArrayList<>();
    for (String member : given == null ? List.<String>of() : given.shape().names()) {
      Object value = given.get(member);
      if (member.equals(ROLES)) {
        list(value).forEach(role -> all.add(String.valueOf(role)));
      } else if (member.equals(QUEUES)) {
        list(value).forEach(queue -> queues.add(String.valueOf(queue)));
      } else {
        String permission = permission(member);
        if (Boolean.TRUE.equals(value)) {
          permissions.add(permission);
        }
      }
    }
    try {
      Principal.of("", all);
    } catch (IllegalArgumentException e) {
      throw new ArgumentException(e.getMessage());
    }
    return new Policy(new ArrayList<>(all), permissions, queues);
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
  }

  private static String permission(String member) {
    for (String permission : Permissions.NAMES) {
      if (member(permission).equals(member)) {
        return permission;
      }
    }
    throw new ArgumentException("Unknown permission " + member);
  }

  // The one member that is not called like its permission.
  private static String member(String permission) {
    return permission.equals("LABEL_CLIENT")
        ? "label_clients"
        : permission.toLowerCase(Locale.ROOT);
  }

  /** The policy as it was granted: {@code {<permission>: TRUE, …, publish_queues, roles}}. */
  public Dict granted() {
    return members(permissions).set(ROLES, roles).build();
  }

  /** Everything that it allows: {@code {<permission>: TRUE, …}}. */
  public Dict effective(String orgId) {
    return members(effectivePermissions(orgId)).build();
  }

  /** The permissions that it gives in an org: those of administrators end at their org. */
  Set<String> effectivePermissions(String orgId) {
    Set<String> all = new LinkedHashSet<>(permissions);
    for (String role : roles) {
      Set<String> more = new LinkedHashSet<>(Principal.of("", List.of(role)).permissions());
      if (role.equals("administrator") && !orgId.equals(Orgs.ROOT)) {
        more.remove("ORG_ADMIN");
      }
      all.addAll(more);
    }
    return all;
  }

  private Dict.Builder members(Set<String> permissions) {
    Dict.Builder out = Dict.builder();
    Permissions.NAMES.stream().filter(permissions::contains).forEach(p -> out.set(member(p), true));
    if (!queues.isEmpty()) {
      out.set(QUEUES, queues);
    }
    return out;
  }

  /** What {@link #granted} showed. */
  static Policy read(Dict stored) {
    return of(List.of(), stored);
  }
}
