package org.minivql.builtin.net;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Names and addresses of hosts. */
final class Names {
  private Names() {}

  @VqlFunction(
      name = "host",
      version = 2,
      doc = "What the domain name system knows about a name or an address.",
      onError = ErrorValue.FALSE,
      permission = "NETWORK")
  static Object host(
      CallContext context,
      @Arg(value = "The name, or for PTR the address.", required = true) String name,
      @Arg(value = "A, PTR, NS, MX, SRV, TXT, CNAME or IP.", defaultValue = "A") String type,
      @Arg("The server to ask, host:port; the system's where it is not given.") String server,
      @Arg(value = "Accepted; there is one resolver only.", name = "prefer_go") boolean preferGo,
      @Arg(value = "Only what was seen on the network: nothing here.", name = "tracker_only")
          boolean trackerOnly) {
    if (trackerOnly) {
      return List.of();
    }
    String record = type.equalsIgnoreCase("IP") ? "A" : type.toUpperCase(Locale.ROOT);
    Dict details = Dict.of("type", record, "server", server == null ? "" : server);
    if (!Effects.ask(context, Effects.Kind.HTTP, name, details)) {
      return List.of();
    }
    try {
      List<String> answers = lookup(query(name, record), record, server);
      return type.equalsIgnoreCase("CNAME") && !answers.isEmpty() ? answers.get(0) : answers;
    } catch (NamingException e) {
      context.log("Lookup error " + type + ": " + e.getMessage());
      return List.of();
    }
  }

  private static String query(String name, String record) {
    IpAddress address = record.equals("PTR") ? IpAddress.parse(name) : null;
    return address == null ? name : address.reverseName();
  }

  private static List<String> lookup(String name, String record, String server)
      throws NamingException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put("com.sun.jndi.dns.timeout.initial", "2000");
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    if (server != null && !server.isEmpty()) {
      environment.put(Context.PROVIDER_URL, "dns://" + server);
    }
    List<String> answers = new ArrayList<>();
    DirContext directory = new InitialDirContext(environment);
    try {
      Attribute attribute = directory.getAttributes(name, new String[] {record}).get(record);
      NamingEnumeration<?> values = attribute == null ? null : attribute.getAll();
      while (values != null && values.hasMore()) {
        answers.add(Bytes.printable(String.valueOf(values.next())));
      }
      return answers;
    } finally {
      directory.close();
    }
  }
}
