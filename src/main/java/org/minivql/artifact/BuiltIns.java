package org.minivql.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Dict;

/** The definitions among the resources, each read when it is first asked for. */
final class BuiltIns {
  private static final String FOLDER = "/org/minivql/artifacts/";
  // Queues that the server itself writes: a definition of another type would break it.
  private static final Map<String, ArtifactType> QUEUES =
      Map.ofEntries(
          Map.entry("System.Flow.Completion", ArtifactType.CLIENT_EVENT),
          Map.entry("System.Upload.Completion", ArtifactType.CLIENT_EVENT),
          Map.entry("System.Hunt.Creation", ArtifactType.SERVER_EVENT),
          Map.entry("System.Hunt.Participation", ArtifactType.INTERNAL),
          Map.entry("Server.Audit.Logs", ArtifactType.SERVER_EVENT),
          Map.entry("Server.Internal.Alerts", ArtifactType.SERVER_EVENT),
          Map.entry("Server.Internal.ArtifactModification", ArtifactType.SERVER_EVENT),
          Map.entry("Server.Internal.ClientDelete", ArtifactType.SERVER_EVENT),
          Map.entry("Server.Internal.ClientInfo", ArtifactType.CLIENT_EVENT),
          Map.entry("Server.Internal.ClientInfoSnapshot", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.ClientPing", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.ClientScheduled", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.Enrollment", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.FrontendMetrics", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.HuntModification", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.HuntUpdate", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.Interrogation", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.Label", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.MetadataModifications", ArtifactType.SERVER_EVENT),
          Map.entry("Server.Internal.Notifications", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.Ping", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.Pong", ArtifactType.INTERNAL),
          Map.entry("Server.Internal.TimelineAdd", ArtifactType.INTERNAL));

  private volatile Set<String> names;
  private final Map<String, Artifact> read = new ConcurrentHashMap<>();

  /** The type that a queue of the server must have; null for any other name. */
  static ArtifactType queueType(String name) {
    return QUEUES.get(name);
  }

  /** All names. Most runs need none of them, so the index is read when it is asked for. */
  Set<String> names() {
    Set<String> known = names;
    if (known == null) {
      known = new LinkedHashSet<>(text("index.txt").lines().toList());
      names = known;
    }
    return known;
  }

  Artifact get(String name) {
    return names().contains(name) ? read.computeIfAbsent(name, BuiltIns::load) : null;
  }

  private static Artifact load(String name) {
    Artifact artifact =
        Artifact.parse(text(name + ".yaml"))
            .with("compiled", Boolean.TRUE)
            .with("built_in", Boolean.TRUE)
            .with("compiled_in", Boolean.TRUE);
    if (artifact.type() == ArtifactType.INTERNAL) {
      Dict metadata = (Dict) artifact.definition().get("metadata");
      artifact =
          artifact.with("metadata", metadata.toBuilder().replace("hidden", Boolean.TRUE).build());
    }
    return artifact;
  }

  private static String text(String file) {
    try (InputStream in = BuiltIns.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + FOLDER + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
