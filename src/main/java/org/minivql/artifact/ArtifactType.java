package org.minivql.artifact;

import java.util.Locale;

/**
 * Where an artifact runs and what its rows become.
 *
 * @since 0.1.0
 */
public enum ArtifactType {
  /** Collected on endpoints. */
  CLIENT,
  /** Collected on the server. */
  SERVER,
  /** Runs on endpoints without end; also a queue. */
  CLIENT_EVENT,
  /** Runs on the server without end; also a queue. */
  SERVER_EVENT,
  /** A queue that is not stored. */
  INTERNAL,
  /** A template for notebooks. */
  NOTEBOOK;

  /** The type with this name in any case; CLIENT for an empty one; null for an unknown one. */
  static ArtifactType of(String name) {
    if (name.isEmpty()) {
      return CLIENT;
    }
    for (ArtifactType type : values()) {
      if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    return null;
  }

  /** The name as definitions show it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its queries wait for events and its rows are events. */
  public boolean event() {
    return this == CLIENT_EVENT || this == SERVER_EVENT;
  }

  /** Whether it names a queue. */
  public boolean queue() {
    return event() || this == INTERNAL;
  }

  /** Whether changing such an artifact needs the server's permission rather than the client's. */
  public boolean server() {
    return this == SERVER || this == SERVER_EVENT || this == NOTEBOOK;
  }
}
