package org.minivql.artifact;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;

/**
 * One source of an artifact.
 *
 * @param name its name; empty for an unnamed one
 * @param description what it means
 * @param precondition a query that must give a row; empty for none
 * @param query the statements: definitions, then one SELECT; empty where it runs nothing
 * @since 0.1.0
 */
public record ArtifactSource(String name, String description, String precondition, String query) {

  static ArtifactSource of(Dict definition) {
    List<String> texts = new ArrayList<>();
    String query = (String) definition.get("query");
    if (!query.isBlank()) {
      texts.add(query);
    }
    texts.addAll(Artifact.strings(definition, "queries"));
    return new ArtifactSource(
        (String) definition.get("name"),
        (String) definition.get("description"),
        (String) definition.get("precondition"),
        String.join("\n", texts));
  }
}
