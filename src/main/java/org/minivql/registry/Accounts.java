package org.minivql.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minivql.registry.event.Principal;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;

/**
 * The users of a server and what they may do in each org. Passwords are not kept.
 *
 * @since 0.1.0
 */
public final class Accounts {
  private static final String USERS = "users";
  private static final String GRANTS = "grants";

  private final Store store;

  Accounts(Store store) {
    this.store = store;
  }

  /** Whether there is such a user. */
  public boolean knows(String user) {
    return store.get(USERS, user) != null;
  }

  /** The names of the users with rights in an org, sorted. */
  public List<String> members(String orgId) {
    List<String> names = new ArrayList<>();
    String prefix = key(orgId, "");
    store.scan(GRANTS, prefix, (key, policy) -> names.add(key.substring(prefix.length())) || true);
    return names;
  }

  /** What a user was granted in an org, or null. */
  public Policy policy(String orgId, String user) {
    return store.get(GRANTS, key(orgId, user)) instanceof Dict stored ? Policy.read(stored) : null;
  }

  /** The user as somebody who runs queries in an org: without a grant nothing is allowed. */
  public Principal principal(String orgId, String user) {
    if (user.equals(Principal.SUPERUSER)) {
      return Principal.superuser();
    }
    Policy policy = policy(orgId, user);
    return policy == null
        ? new Principal(user, Set.of())
        : new Principal(user, policy.effectivePermissions(orgId), Set.copyOf(policy.queues()));
  }

  /**
   * Makes a user where there is none.
   *
   * @throws ArgumentException where the name is the server's own
   */
  public void create(String user) {
    if (user.equals(Principal.SUPERUSER)) {
      throw new ArgumentException("Username is reserved: " + user);
    }
    if (!knows(user)) {
      store.put(USERS, user, Dict.EMPTY);
    }
  }

  /**
   * Replaces what a user was granted in an org.
   *
   * @throws ArgumentException where there is no such user
   */
  public void grant(String orgId, String user, Policy policy) {
    require(user);
    store.put(GRANTS, key(orgId, user), policy.granted());
  }

  /** Takes a user out of an org; one who is in no org any more is forgotten. */
  public void remove(String orgId, String user) {
    store.remove(GRANTS, key(orgId, user));
    boolean[] left = new boolean[1];
    store.scan(
        GRANTS,
        "",
        (key, policy) -> {
          left[0] |= key.substring(key.indexOf('/') + 1).equals(user);
          return !left[0];
        });
    if (!left[0]) {
      store.remove(USERS, user);
    }
  }

  /** Takes all users out of an org. */
  void removeAll(String orgId) {
    new LinkedHashSet<>(members(orgId)).forEach(user -> remove(orgId, user));
  }

  /** How a user set the server's pages up; empty where nothing was set. */
  public Dict options(String user) {
    return store.get(USERS, user) instanceof Dict options ? options : Dict.EMPTY;
  }

  /**
   * Replaces how a user set the pages up.
   *
   * @throws ArgumentException where there is no such user
   */
  public void options(String user, Dict options) {
    if (!user.equals(Principal.SUPERUSER)) {
      require(user);
    }
    store.put(USERS, user, options);
  }

  private void require(String user) {
    if (!knows(user)) {
      throw new ArgumentException("User not found: " + user);
    }
  }

  private static String key(String orgId, String user) {
    return orgId + "/" + user;
  }
}
