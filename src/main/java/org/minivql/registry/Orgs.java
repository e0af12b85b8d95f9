package org.minivql.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.registry.event.Principal;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Delegation;
import org.minivql.spi.FileStore;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * The orgs of a server, each with a model of its own; users and artifacts are common to all.
 *
 * @since 0.1.0
 */
public final class Orgs implements Delegation {
  /** The org that is always there. */
  public static final String ROOT = "root";

  private static final String TABLE = "orgs";
  private static final String DENIED = ": PermissionDenied";

  private final ServerModel root;
  private final Store store;
  private final ServerModel.Builder builder;
  private final Accounts accounts;
  private final Secrets secrets;
  private final UserMessages messages = new UserMessages();
  private final Map<String, ServerModel> models = new ConcurrentHashMap<>();

  /**
   * An org.
   *
   * @param id its id
   * @param name its name
   */
  public record Org(String id, String name) {
    /** A text that tells its clients from others. */
    public String nonce() {
      return String.format(Locale.ROOT, "%016x", id.hashCode() * 0x9E3779B97F4A7C15L);
    }
  }

  Orgs(ServerModel root, Store store, ServerModel.Builder builder) {
    this.root = root;
    this.store = store;
    this.builder = builder;
    this.accounts = new Accounts(store);
    this.secrets = new Secrets(store);
  }

  /** The users, common to all orgs. */
  public Accounts accounts() {
    return accounts;
  }

  /** The messages that wait for users. */
  public UserMessages messages() {
    return messages;
  }

  /** The secrets, common to all orgs. */
  public Secrets secrets() {
    return secrets;
  }

  /** All orgs, the root first, then by id. */
  public List<Org> all() {
    List<Org> all = new ArrayList<>();
    all.add(new Org(ROOT, "<root>"));
    store.scan(TABLE, "", (id, name) -> all.add(new Org(id, (String) name)));
    return all;
  }

  /**
   * One org.
   *
   * @throws ArgumentException where there is none with this id
   */
  public Org get(String id) {
    if (id.equals(ROOT)) {
      return new Org(ROOT, "<root>");
    }
    if (store.get(TABLE, id) instanceof String name) {
      return new Org(id, name);
    }
    throw new ArgumentException("Org not found");
  }

  /**
   * The model of an org.
   *
   * @throws ArgumentException where there is no such org
   */
  public ServerModel model(String id) {
    get(id);
    return id.equals(ROOT)
        ? root
        : models.computeIfAbsent(id, made -> builder.org(made, new OrgStore(store, made), this));
  }

  /**
   * Makes an org.
   *
   * @param id its id; a new one where null or empty
   * @throws ArgumentException where the id is taken or is none
   */
  public synchronized Org create(String name, String id) {
    String used = id == null || id.isEmpty() ? root.ids().org() : id;
    if (!used.matches("[A-Za-z0-9_-]+")) {
      throw new ArgumentException("Org id is not valid: " + used);
    }
    if (used.equals(ROOT) || store.get(TABLE, used) != null) {
      throw new ArgumentException("Org already exists: " + used);
    }
    store.put(TABLE, used, name);
    return new Org(used, name);
  }

  /**
   * Removes an org with all that it knows, and the rights that were granted in it.
   *
   * @throws ArgumentException where there is no such org, or it is the root
   */
  public synchronized void delete(String id) {
    if (id.equals(ROOT)) {
      throw new ArgumentException("The root org can not be deleted");
    }
    get(id);
    ServerModel model = models.remove(id);
    if (model != null) {
      model.close();
    }
    store.atomically(
        () -> {
          accounts.removeAll(id);
          new OrgStore(store, id).clear();
          store.remove(TABLE, id);
        });
  }

  @Override
  public Services services(Scope caller, String orgId, String user) {
    ServerModel here = caller.service(ServerModel.class);
    Principal who = Access.principal(caller, here);
    String org = orgId == null || orgId.isEmpty() ? here.orgId() : orgId;
    String name = user == null || user.isEmpty() ? who.name() : user;
    ServerModel model = model(org);
    Principal there = org.equals(here.orgId()) ? who : accounts.principal(org, who.name());
    if (!name.equals(who.name())) {
      if (!there.may("IMPERSONATION")) {
        return new Services(
            Map.of(),
            String.format(
                "User %s (%s) impersonation to %s (%s)%s",
                who.name(), here.orgId(), name, org, DENIED));
      }
      there = accounts.principal(org, name);
    }
    return new Services(
        Map.of(ServerModel.class, model, Principal.class, there, FileStore.class, model.files()),
        null);
  }

  /** Closes the models of all orgs but the root. */
  void close() {
    models.values().forEach(ServerModel::close);
    models.clear();
  }

  /** The dict that shows an org: {@code {name, nonce, id}}. */
  public static Dict shown(Org org) {
    return Dict.of("name", org.name(), "nonce", org.nonce(), "id", org.id());
  }

  /** What of the configuration of an org's clients is known here: {@code {Client: {nonce}}}. */
  public static Dict clientConfig(Org org) {
    return Dict.of("Client", Dict.of("nonce", org.nonce()));
  }
}
