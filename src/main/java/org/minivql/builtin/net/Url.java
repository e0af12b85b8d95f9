package org.minivql.builtin.net;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;

/**
 * A URL in its parts.
 *
 * @param scheme in lower case
 * @param opaque what follows the scheme where that is no path
 * @param user name and password, escaped; null for none
 * @param host name and port
 * @param path not escaped
 * @param rawPath the path as it was written, where escaping would write it otherwise
 * @param query escaped
 * @param fragment not escaped
 * @param rawFragment as it was written, where escaping would write it otherwise
 * @param forceQuery whether a question mark stands before an empty query
 * @param omitHost whether an empty host is not written
 */
record Url(
    String scheme,
    String opaque,
    String user,
    String host,
    String path,
    String rawPath,
    String query,
    String fragment,
    String rawFragment,
    boolean forceQuery,
    boolean omitHost)
    implements Members, Operand, Displayed {
  private static final List<String> NAMES =
      List.of(
          "Scheme",
          "Opaque",
          "User",
          "Host",
          "Path",
          "RawPath",
          "RawQuery",
          "Fragment",
          "RawFragment",
          "ForceQuery",
          "OmitHost");

  /** A URL of parts that are not escaped, except the query. */
  static Url of(String scheme, String host, String path, String query, String fragment) {
    return new Url(scheme, "", null, host, path, "", query, fragment, "", false, false);
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    if (!scheme.isEmpty()) {
      out.append(scheme).append(':');
    }
    if (!opaque.isEmpty()) {
      out.append(opaque);
    } else {
      authority(out);
      String escaped = escaped(UrlEscape.PATH, path, rawPath);
      if (!escaped.isEmpty() && !escaped.startsWith("/") && !host.isEmpty()) {
        out.append('/');
      }
      if (out.length() == 0 && escaped.split("/", 2)[0].contains(":")) {
        out.append("./");
      }
      out.append(escaped);
    }
    if (forceQuery || !query.isEmpty()) {
      out.append('?').append(query);
    }
    if (!fragment.isEmpty()) {
      out.append('#').append(escaped(UrlEscape.FRAGMENT, fragment, rawFragment));
    }
    return out.toString();
  }

  private void authority(StringBuilder out) {
    boolean some = !host.isEmpty() || user != null;
    if (!some && (scheme.isEmpty() || omitHost || path.isEmpty())) {
      return;
    }
    out.append("//");
    if (user != null) {
      out.append(user).append('@');
    }
    out.append(UrlEscape.HOST.escape(host));
  }

  private static String escaped(UrlEscape part, String text, String raw) {
    return raw.isEmpty() ? part.escape(text) : raw;
  }

  @Override
  public Object member(String name) {
    return switch (name) {
      case "Scheme" -> scheme;
      case "Opaque" -> opaque;
      case "User" -> user;
      case "Host" -> host;
      case "Path" -> path;
      case "RawPath" -> rawPath;
      case "RawQuery" -> query;
      case "Fragment" -> fragment;
      case "RawFragment" -> rawFragment;
      case "ForceQuery" -> forceQuery;
      case "OmitHost" -> omitHost;
      case "String" -> text();
      case "Query" -> parameters();
      case "Hostname" -> hostname();
      case "Port" -> port();
      default -> Absent.ABSENT;
    };
  }

  private int portAt() {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? colon : -1;
  }

  private String hostname() {
    String name = portAt() < 0 ? host : host.substring(0, portAt());
    boolean brackets = name.startsWith("[") && name.endsWith("]");
    return brackets ? name.substring(1, name.length() - 1) : name;
  }

  private String port() {
    return portAt() < 0 ? "" : host.substring(portAt() + 1);
  }

  /** Names in order, each with the list of its values; what is malformed is left out. */
  private Dict parameters() {
    TreeMap<String, List<Object>> found = new TreeMap<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty() || pair.contains(";")) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        String key = UrlEscape.QUERY.unescape(name);
        String text = UrlEscape.QUERY.unescape(value);
        found.computeIfAbsent(key, k -> new ArrayList<>()).add(text);
      } catch (ArgumentException e) {
        // Browsers and the reference both go on with the next parameter.
        continue;
      }
    }
    return Dict.unordered(found);
  }

  @Override
  public List<String> memberNames() {
    return NAMES;
  }

  @Override
  public Object display() {
    Dict.Builder members = Dict.builder();
    NAMES.forEach(name -> members.set(name, member(name)));
    return members.build();
  }
}
