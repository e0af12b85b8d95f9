package org.minivql.spi;

import java.util.Map;
import org.minivql.value.Scope;

/**
 * Lets a query run in another organisation or as another user: a service of a host that knows such
 * things.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Delegation {
  /**
   * What a delegated query is given.
   *
   * @param services the services that replace those of the caller
   * @param refusal why the caller may not delegate; null where it may
   */
  record Services(Map<Class<?>, Object> services, String refusal) {}

  /**
   * The services of a query in an organisation and as a user.
   *
   * @param caller the scope of the call
   * @param orgId the organisation; the caller's where null or empty
   * @param user the user; the caller where null or empty
   * @throws ArgumentException where there is no such organisation
   */
  Services services(Scope caller, String orgId, String user);
}
