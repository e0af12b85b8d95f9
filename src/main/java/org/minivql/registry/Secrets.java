package org.minivql.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;

/**
 * The names of the credentials that a server keeps for its queries, and who may use them. The
 * credentials themselves are not kept: nothing in the model uses them.
 *
 * @since 0.1.0
 */
public final class Secrets {
  /** The kinds of secrets there are. */
  public static final List<String> TYPES = List.of("HTTP Secrets", "SMTP Creds");

  private static final String TABLE = "secrets";

  private final Store store;

  Secrets(Store store) {
    this.store = store;
  }

  /**
   * The secrets of a type by name: {@code {name, type_name, description, encrypted_secret, secret,
   * users, orgs, visible_to_all_orgs}}, the contents never shown.
   */
  public List<Dict> of(String type) {
    List<Dict> found = new ArrayList<>();
    store.scan(TABLE, type + "/", (key, secret) -> found.add((Dict) secret));
    return found;
  }

  /**
   * Adds a secret, or replaces one with all that was allowed to use it.
   *
   * @throws ArgumentException for an unknown type
   */
  public void add(String type, String name) {
    if (!TYPES.contains(type)) {
      throw new ArgumentException("Secret type not known: " + type);
    }
    store.put(
        TABLE,
        key(type, name),
        Dict.of(
            "name",
            name,
            "type_name",
            type,
            "description",
            "",
            "encrypted_secret",
            null,
            "secret",
            Dict.EMPTY,
            "users",
            List.of(),
            "orgs",
            List.of(),
            "visible_to_all_orgs",
            false));
  }

  /**
   * Changes what is noted about a secret.
   *
   * @throws ArgumentException where there is none
   */
  public synchronized void update(String type, String name, UnaryOperator<Dict> change) {
    if (!(store.get(TABLE, key(type, name)) instanceof Dict secret)) {
      throw new ArgumentException("Secret Not Found");
    }
    store.put(TABLE, key(type, name), change.apply(secret));
  }

  /** Removes a secret; one that is not there is no error. */
  public void remove(String type, String name) {
    store.remove(TABLE, key(type, name));
  }

  /** A list of names with some added and others taken away. */
  public static List<Object> changed(
      Object names, Collection<String> added, Collection<String> removed) {
    Set<Object> all = new LinkedHashSet<>((List<?>) names);
    all.addAll(added);
    all.removeAll(removed);
    return List.copyOf(new ArrayList<>(all));
  }

  private static String key(String type, String name) {
    return type + "/" + name;
  }
}
