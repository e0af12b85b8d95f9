package org.minivql.builtin.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** Building URLs and taking them apart. */
final class Urls {
  private Urls() {}

  @VqlFunction(
      name = "url",
      version = 2,
      doc =
          "A URL from its parts or from its text. Members: Scheme, Host, Hostname, Port, Path,"
              + " Query, Fragment, String and others.",
      onError = ErrorValue.FALSE,
      examples = {
        "url(parse='http://h.org:81/x%20y?b=2&a=1&b=3#top').Query"
            + " => {\"a\":[\"1\"],\"b\":[\"2\",\"3\"]}",
        "url(parse='http://h.org:81/x%20y').Path => \"/x y\"",
        "url(parse='http://h.org:81/x%20y').Port => \"81\"",
        "url(scheme='https', host='h.org', path='x y/../z', query=dict(q='a b', n=1)).String"
            + " => \"https://h.org/z?n=1&q=a+b\"",
        "url(scheme='http', host='h.org', fragment='f').String => \"http://h.org#f\"",
        "url(parse='http://h.org:x/') => false"
      })
  static Object url(
      CallContext context,
      @Arg("The scheme.") String scheme,
      @Arg("The host, with a port if need be.") String host,
      @Arg("The path; it is cleaned of dots and doubled slashes.") String path,
      @Arg("What follows the hash mark.") String fragment,
      @Arg("A dict of parameters; a list gives a parameter several times.") Object query,
      @Arg("The text of a URL; the other arguments are then ignored.") String parse) {
    if (parse != null && !parse.isEmpty()) {
      try {
        return UrlParser.parse(parse);
      } catch (ArgumentException e) {
        throw new ArgumentException("parse \"" + parse + "\": " + e.getMessage());
      }
    }
    return Url.of(
        text(scheme),
        text(host),
        cleaned(text(path)),
        parameters(context.scope(), query),
        text(fragment));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static String cleaned(String path) {
    if (path.isEmpty()) {
      return "";
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.replace('\\', '/').split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  private static String parameters(Scope scope, Object query) {
    if (!(query instanceof Members members)) {
      return "";
    }
    Map<String, String> sorted = new TreeMap<>();
    for (String name : members.memberNames()) {
      String escaped = UrlEscape.QUERY.escape(name);
      StringBuilder pairs = new StringBuilder();
      Object value = Values.reduce(members.member(name));
      for (Object one : value instanceof List<?> list ? strings(list) : single(value)) {
        pairs.append(pairs.length() == 0 ? "" : "&").append(escaped).append('=');
        pairs.append(UrlEscape.QUERY.escape(scope.operators().text(scope, one)));
      }
      if (pairs.length() > 0) {
        sorted.put(name, pairs.toString());
      }
    }
    return String.join("&", sorted.values());
  }

  private static List<?> strings(List<?> list) {
    return list.stream().filter(String.class::isInstance).toList();
  }

  private static List<?> single(Object value) {
    return value == null || value == Absent.ABSENT ? List.of() : List.of(value);
  }
}
