package org.minivql.registry.client;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.regex.Regexes;

/** The search language of {@code clients()}: {@code operator:text}, or a host name's beginning. */
final class ClientSearch {
  private static final Set<String> OPERATORS =
      Set.of("label", "host", "client", "mac", "ip", "recent");

  private final Store store;
  private final ClientIndex index;

  ClientSearch(Store store, ClientIndex index) {
    this.store = store;
    this.index = index;
  }

  /**
   * Visits the ids of the clients found, each once, by matching term and then id.
   *
   * @throws ArgumentException for an operator that does not exist
   */
  boolean each(String search, Predicate<String> visitor) {
    if (search.isEmpty() || search.equals("all")) {
      return listed(visitor);
    }
    Set<String> seen = new HashSet<>();
    Predicate<String> once = id -> !seen.add(id) || visitor.test(id);
    if (search.length() > 1 && search.startsWith("/") && search.endsWith("/")) {
      return regex(search.substring(1, search.length() - 1), once);
    }
    String operator = operator(search);
    String text = search.substring(search.startsWith(operator + ":") ? operator.length() + 1 : 0);
    return switch (operator) {
      case "ip" -> addresses(text, once);
      case "recent" -> true;
      case "label" -> text.equals("none") ? unlabelled(once) : terms("label:" + text, once);
      default -> terms(operator + ":" + text, once);
    };
  }

  private String operator(String search) {
    if (search.startsWith("C.") || search.startsWith("c.")) {
      return "client";
    }
    int colon = search.indexOf(':');
    if (colon < 0) {
      return "host";
    }
    String operator = search.substring(0, colon);
    if (!OPERATORS.contains(operator) && !index.isMetadataKey(operator)) {
      throw new ArgumentException("Invalid search operator " + operator);
    }
    return operator;
  }

  private boolean listed(Predicate<String> visitor) {
    return index.scan("all/", (term, id) -> visitor.test((String) id));
  }

  private boolean unlabelled(Predicate<String> visitor) {
    return listed(
        id -> {
          Object fields = store.get(Clients.TABLE, id);
          return fields == null || !Clients.record(fields).labels().isEmpty() || visitor.test(id);
        });
  }

  private boolean terms(String term, Predicate<String> visitor) {
    int star = term.indexOf('*');
    if (star < 0) {
      return index.scan(term, (found, id) -> visitor.test((String) id));
    }
    Pattern glob = glob(term);
    return index.scan(
        term.substring(0, star),
        (found, id) -> !glob.matcher(found).matches() || visitor.test((String) id));
  }

  private boolean regex(String regex, Predicate<String> visitor) {
    try {
      Pattern pattern = Regexes.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
      return index.scan(
          "",
          (term, id) ->
              term.equals("all")
                  || !pattern.matcher(term).lookingAt()
                  || visitor.test((String) id));
    } catch (PatternSyntaxException e) {
      throw new ArgumentException(e.getMessage());
    }
  }

  private boolean addresses(String text, Predicate<String> visitor) {
    TreeMap<String, String> found = new TreeMap<>();
    String folded = ClientRecord.fold(text);
    Pattern glob = text.indexOf('*') < 0 ? null : glob(text);
    store.scan(
        Clients.TABLE,
        "",
        (id, fields) -> {
          String address = ClientRecord.fold(Clients.record(fields).text("ip_address"));
          boolean matches =
              glob == null ? address.startsWith(folded) : glob.matcher(address).matches();
          if (matches && !address.isEmpty()) {
            found.put(address + "/" + id, id);
          }
          return true;
        });
    for (String id : List.copyOf(found.values())) {
      if (!visitor.test(id)) {
        return false;
      }
    }
    return true;
  }

  /** A shell pattern over lower-case terms. */
  private static Pattern glob(String text) {
    String folded = ClientRecord.fold(text);
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < folded.length()) {
      char c = folded.charAt(i);
      int close = c == '[' ? folded.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        regex.append(charClass(folded.substring(i + 1, close)));
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
      i++;
    }
    return Regexes.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String charClass(String members) {
    boolean not = members.startsWith("!") || members.startsWith("^");
    StringBuilder out = new StringBuilder(not ? "[^" : "[");
    for (char c : members.substring(not ? 1 : 0).toCharArray()) {
      if (c != '-' && !Character.isLetterOrDigit(c)) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.append(']').toString();
  }
}
