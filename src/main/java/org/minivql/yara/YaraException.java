package org.minivql.yara;

/** Rules that cannot be used; the message begins with the line. */
public final class YaraException extends Exception {
  private static final long serialVersionUID = 1L;

  YaraException(int line, String message) {
    super("line " + line + ": " + message);
  }
}
