package org.minivql.artifact;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which other artifacts an artifact names. */
final class References {
  private static final Pattern CALL =
      Pattern.compile("Artifact\\.([A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+)*)");

  private References() {}

  /** The names that its queries call and its imports, in order, whether known or not. */
  static Set<String> of(Artifact artifact) {
    Set<String> names = new LinkedHashSet<>(artifact.imports());
    scan(artifact.export(), names);
    scan(artifact.precondition(), names);
    for (ArtifactSource source : artifact.sources()) {
      scan(source.precondition(), names);
      scan(source.query(), names);
    }
    return names;
  }

  /** The names that a text calls, in order, whether known or not. */
  static Set<String> of(String text) {
    Set<String> names = new LinkedHashSet<>();
    scan(text, names);
    return names;
  }

  private static void scan(String text, Set<String> names) {
    Matcher matcher = CALL.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
  }
}
