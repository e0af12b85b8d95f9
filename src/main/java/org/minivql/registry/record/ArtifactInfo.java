package org.minivql.registry.record;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the server model needs to know about one artifact definition.
 *
 * @param name its name
 * @param type {@code CLIENT}, {@code SERVER}, {@code CLIENT_EVENT}, {@code SERVER_EVENT}, {@code
 *     INTERNAL} or {@code NOTEBOOK}
 * @param sources the names of the sources in order, empty text for an unnamed one
 * @param parameters the parameters by name, in order
 * @param requiredPermissions what the user who launches it must hold
 * @param basic whether COLLECT_BASIC is enough to launch it
 * @param maxUploadBytes how much a collection of it may upload where the request does not say so; 0
 *     where the definition does not say so either
 * @since 0.1.0
 */
public record ArtifactInfo(
    String name,
    String type,
    List<String> sources,
    Map<String, Parameter> parameters,
    Set<String> requiredPermissions,
    boolean basic,
    long maxUploadBytes) {

  /**
   * A declared parameter.
   *
   * @param type as in the definition, or empty
   * @param choices what it may be, or empty
   */
  public record Parameter(String type, List<String> choices) {}

  /** Whether it is a queue of events. */
  public boolean isEvent() {
    return type.equals("CLIENT_EVENT") || type.equals("SERVER_EVENT");
  }

  /** Whether it is only a queue, never written to disk. */
  public boolean isInternal() {
    return type.equals("INTERNAL");
  }
}
