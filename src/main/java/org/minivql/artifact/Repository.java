package org.minivql.artifact;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.minivql.value.Dict;

/**
 * The definitions that are known, by name. Safe for use by several threads.
 *
 * <p>A scratch repository shows another one's definitions and keeps its own to itself.
 *
 * @since 0.1.0
 */
public final class Repository {
  private final Function<String, Artifact> parent;
  private final Supplier<Set<String>> parentNames;
  private final boolean scratch;
  private final Map<String, Artifact> own = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();

  private Repository(
      Function<String, Artifact> parent, Supplier<Set<String>> parentNames, boolean scratch) {
    this.parent = parent;
    this.parentNames = parentNames;
    this.scratch = scratch;
  }

  /** The definitions that come with the product, and room for others. */
  public static Repository standard() {
    BuiltIns builtIns = new BuiltIns();
    return new Repository(builtIns::get, builtIns::names, false);
  }

  /** A repository on top of this one; what is defined in it, built-in names too, stays in it. */
  public Repository scratch() {
    return new Repository(this::get, () -> new LinkedHashSet<>(names()), true);
  }

  /** The definition with this name or alias, or null. */
  public Artifact get(String name) {
    Artifact artifact = own.get(name);
    if (artifact != null) {
      return artifact;
    }
    String alias = aliases.get(name);
    return alias != null ? own.get(alias) : parent.apply(name);
  }

  /** The definition of a result set or queue name, {@code Artifact} or {@code Artifact/Source}. */
  public Artifact ofResult(String resultName) {
    int slash = resultName.indexOf('/');
    return get(slash < 0 ? resultName : resultName.substring(0, slash));
  }

  /** All names, sorted. */
  public List<String> names() {
    Set<String> names = new TreeSet<>(parentNames.get());
    names.addAll(own.keySet());
    return List.copyOf(names);
  }

  /** The names of the definitions that do not come with the product, sorted. */
  public List<String> customNames() {
    return List.copyOf(new TreeMap<>(own).keySet());
  }

  /**
   * Adds or replaces a definition as {@code artifact_set()} does.
   *
   * @return the definition as it is now known
   * @throws ArtifactException where the name is built in or taken
   */
  public Artifact set(Artifact artifact) {
    checkQueue(artifact);
    Artifact known = scratch ? null : parent.apply(artifact.name());
    if (known != null) {
      throw new ArtifactException("Unable to override built in artifact " + artifact.name());
    }
    return put(artifact);
  }

  /**
   * Adds or replaces a definition that a fleet carries: it wins over a built-in one unless that is
   * an internal queue.
   *
   * @throws ArtifactException where it redefines a queue or an alias is taken
   */
  public Artifact define(Artifact artifact) {
    checkQueue(artifact);
    Artifact known = parent.apply(artifact.name());
    if (known != null && known.type() == ArtifactType.INTERNAL) {
      throw new ArtifactException("Unable to override built in artifact " + artifact.name());
    }
    return put(artifact);
  }

  /**
   * Removes a definition.
   *
   * @throws ArtifactException where it is unknown or comes with the product
   */
  public void delete(String name) {
    if (own.containsKey(name)) {
      own.remove(name);
      aliases.values().removeIf(name::equals);
      return;
    }
    throw new ArtifactException(
        get(name) == null
            ? "Artifact '" + name + "' not found"
            : "Can only delete custom artifacts.");
  }

  /**
   * Changes the metadata of a definition; it is kept apart from the definition's text.
   *
   * @param metadata {@code hidden}, {@code basic} and {@code tags}, all of them
   * @throws ArtifactException where the definition is unknown
   */
  public void setMetadata(String name, Dict metadata) {
    Artifact artifact = get(name);
    if (artifact == null) {
      throw new ArtifactException("Artifact '" + name + "' not found");
    }
    own.put(artifact.name(), artifact.with("metadata", metadata));
  }

  private Artifact put(Artifact artifact) {
    for (String alias : artifact.aliases()) {
      Artifact holder = get(alias);
      if (holder != null && !holder.name().equals(artifact.name())) {
        throw new ArtifactException(artifact.name() + ": Artifact Alias is already taken " + alias);
      }
    }
    Artifact before = own.get(artifact.name());
    Artifact compiled = artifact.with("compiled", Boolean.TRUE);
    if (before != null) {
      compiled = compiled.with("metadata", before.definition().get("metadata"));
      aliases.values().removeIf(artifact.name()::equals);
    }
    own.put(artifact.name(), compiled);
    for (String alias : artifact.aliases()) {
      aliases.put(alias, artifact.name());
    }
    return compiled;
  }

  private void checkQueue(Artifact artifact) {
    ArtifactType wanted = BuiltIns.queueType(artifact.name());
    if (wanted != null && wanted != artifact.type()) {
      throw new ArtifactException(
          "Artifact type invalid: Well Known Artifact "
              + artifact.name()
              + " sholuld be of type "
              + wanted.name()
              + ".");
    }
  }

  /** The artifacts that a program calls, and all that those call or import, each once. */
  public List<Artifact> called(String program) {
    return closure(
        References.of(program).stream()
            .map(this::get)
            .filter(Objects::nonNull)
            .distinct()
            .toList());
  }

  /** These artifacts and all that they call or import, each once, those asked for first. */
  public List<Artifact> closure(List<Artifact> roots) {
    List<Artifact> all = new ArrayList<>(roots);
    Set<String> seen = new LinkedHashSet<>();
    roots.forEach(a -> seen.add(a.name()));
    for (int i = 0; i < all.size(); i++) {
      for (String name : References.of(all.get(i))) {
        Artifact artifact = get(name);
        if (artifact != null && seen.add(artifact.name())) {
          all.add(artifact);
        }
      }
    }
    return List.copyOf(all);
  }
}
