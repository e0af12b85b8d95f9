package org.minivql.builtin.net;

import java.util.Locale;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Bytes;

/** Takes the text of a URL apart. */
final class UrlParser {
  private String scheme = "";
  private String opaque = "";
  private String user;
  private String host = "";
  private String path = "";
  private String rawPath = "";
  private String query = "";
  private boolean forceQuery;
  private boolean omitHost;

  private UrlParser() {}

  /**
   * The URL.
   *
   * @throws ArgumentException with the reason where the text is none
   */
  static Url parse(String text) {
    return new UrlParser().url(text);
  }

  private Url url(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        throw new ArgumentException("net/url: invalid control character in URL");
      }
    }
    int hash = text.indexOf('#');
    String escaped = hash < 0 ? "" : text.substring(hash + 1);
    main(hash < 0 ? text : text.substring(0, hash));
    String fragment = UrlEscape.FRAGMENT.unescape(escaped);
    String rawFragment = UrlEscape.FRAGMENT.escape(fragment).equals(escaped) ? "" : escaped;
    return new Url(
        scheme,
        opaque,
        user,
        host,
        path,
        rawPath,
        query,
        fragment,
        rawFragment,
        forceQuery,
        omitHost);
  }

  private void main(String text) {
    String rest = query(scheme(text));
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        opaque = rest;
        return;
      }
      if (rest.split("/", 2)[0].contains(":")) {
        throw new ArgumentException("first path segment in URL cannot contain colon");
      }
    }
    boolean authority = rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"));
    if (authority) {
      int slash = rest.indexOf('/', 2);
      authority(slash < 0 ? rest.substring(2) : rest.substring(2, slash));
      rest = slash < 0 ? "" : rest.substring(slash);
    } else if (!scheme.isEmpty()) {
      omitHost = true;
    }
    path = UrlEscape.PATH.unescape(rest);
    rawPath = UrlEscape.PATH.escape(path).equals(rest) ? "" : rest;
  }

  private String scheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        if (i == 0) {
          throw new ArgumentException("missing protocol scheme");
        }
        scheme = text.substring(0, i).toLowerCase(Locale.ROOT);
        return text.substring(i + 1);
      }
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean later = i > 0 && (c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0);
      if (!letter && !later) {
        break;
      }
    }
    return text;
  }

  private String query(String text) {
    int mark = text.indexOf('?');
    if (mark < 0) {
      return text;
    }
    query = text.substring(mark + 1);
    forceQuery = query.isEmpty();
    return text.substring(0, mark);
  }

  private void authority(String text) {
    int at = text.lastIndexOf('@');
    if (at >= 0) {
      user(text.substring(0, at));
    }
    String name = text.substring(at + 1);
    int close = name.startsWith("[") ? name.lastIndexOf(']') : -1;
    if (name.startsWith("[") && close < 0) {
      throw new ArgumentException("missing ']' in host");
    }
    int colon = name.startsWith("[") ? close + 1 : name.lastIndexOf(':');
    String port = colon < 0 ? "" : name.substring(colon);
    if (!port.matches("(:[0-9]*)?")) {
      throw new ArgumentException("invalid port \"" + port + "\" after host");
    }
    host = UrlEscape.HOST.unescape(name);
  }

  private void user(String text) {
    if (!Bytes.isAscii(text) || !text.matches("[-A-Za-z0-9._:~!$&'()*+,;=%@]*")) {
      throw new ArgumentException("net/url: invalid userinfo");
    }
    int colon = text.indexOf(':');
    String name = UrlEscape.USER.unescape(colon < 0 ? text : text.substring(0, colon));
    user = UrlEscape.USER.escape(name);
    if (colon >= 0) {
      user += ":" + UrlEscape.USER.escape(UrlEscape.USER.unescape(text.substring(colon + 1)));
    }
  }
}
