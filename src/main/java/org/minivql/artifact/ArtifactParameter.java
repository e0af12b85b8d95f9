package org.minivql.artifact;

import java.util.List;
import java.util.Locale;
import org.minivql.value.Dict;

/**
 * One parameter of an artifact.
 *
 * @param name the variable it becomes
 * @param defaultValue its text where nothing is given
 * @param description what it means
 * @param type how the text is converted, lower case; empty for none
 * @param choices the values of a choice
 * @since 0.1.0
 */
public record ArtifactParameter(
    String name, String defaultValue, String description, String type, List<String> choices) {
  /** Takes a copy of the list. */
  public ArtifactParameter {
    choices = List.copyOf(choices);
  }

  static ArtifactParameter of(Dict definition) {
    return new ArtifactParameter(
        (String) definition.get("name"),
        (String) definition.get("default"),
        (String) definition.get("description"),
        ((String) definition.get("type")).toLowerCase(Locale.ROOT),
        Artifact.strings(definition, "choices"));
  }
}
