package org.minivql.spi;

import java.util.List;

/**
 * What a function yields after a log line about its arguments.
 *
 * @since 0.1.0
 */
public enum ErrorValue {
  /** NULL. */
  NULL(null),
  /** FALSE. */
  FALSE(false),
  /** 0. */
  ZERO(0L),
  /** The empty string. */
  EMPTY_STRING(""),
  /** The empty list. */
  EMPTY_LIST(List.of());

  private final transient Object value;

  ErrorValue(Object value) {
    this.value = value;
  }

  /** The value. */
  public Object value() {
    return value;
  }
}
