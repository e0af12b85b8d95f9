package org.minivql.fleet.archive;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.layout.Damage;
import org.minivql.value.Dict;

/** The definitions that archives carry; most are of the same collector and have the same ones. */
public final class ArchiveDefinitions {
  private final Damage damage;
  private final Map<String, Artifact> known = new TreeMap<>();

  ArchiveDefinitions(Damage damage) {
    this.damage = damage;
  }

  /** Adds the definitions of an archive; the first of a name counts. */
  void add(CollectorArchive from) {
    from.artifacts(
        artifact -> {
          Artifact first = known.putIfAbsent(artifact.name(), artifact);
          if (first != null && differ(first, artifact)) {
            String other =
                "artifact " + artifact.name() + " is defined otherwise in another archive";
            damage.note(from.place() + ": " + other + ", which counts");
          }
        });
  }

  /** All, by name. */
  List<Artifact> all() {
    return List.copyOf(known.values());
  }

  /** Whether two definitions say different things, however they are written. */
  public static boolean differ(Artifact one, Artifact other) {
    return !meaning(one).equals(meaning(other));
  }

  private static Dict meaning(Artifact artifact) {
    return artifact.definition().toBuilder().remove("raw").remove("compiled").build();
  }
}
