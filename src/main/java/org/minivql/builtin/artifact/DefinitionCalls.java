package org.minivql.builtin.artifact;

import java.util.ArrayList;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactType;
import org.minivql.artifact.Reformatter;
import org.minivql.artifact.Repository;
import org.minivql.registry.Access;
import org.minivql.registry.Modifications;
import org.minivql.registry.ServerModel;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Evaluator;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Showing, setting and deleting definitions. */
final class DefinitionCalls {
  private static final int SHOWN = 100;

  private DefinitionCalls() {}

  @VqlPlugin(
      name = "artifact_definitions",
      doc = "The artifact definitions with all their members, by name.",
      permission = "READ_RESULTS")
  static void artifactDefinitions(
      Sink out,
      CallContext call,
      @Arg("The artifacts; all where none is given.") StringList names,
      @Arg("Whether to add what they call and import.") boolean deps,
      @Arg("Accepted.") boolean sanitize) {
    Access.server(call, "READ_RESULTS");
    Repository repository = Repositories.of(call.scope());
    List<Artifact> artifacts = new ArrayList<>();
    boolean all = names == null || names.isEmpty();
    for (String name : all ? repository.names() : names) {
      Artifact artifact = repository.get(name);
      if (artifact == null) {
        call.log("artifact " + name + " not known");
      } else {
        artifacts.add(artifact);
      }
    }
    for (Artifact artifact : deps ? repository.closure(artifacts) : artifacts) {
      if (!out.row(artifact.definition())) {
        return;
      }
    }
  }

  @VqlFunction(
      name = "artifact_set",
      doc = "Adds or replaces a definition, given as YAML or as a dict, which it returns.",
      version = 2,
      permission = "ARTIFACT_WRITER")
  static Object artifactSet(
      CallContext call,
      @Arg(value = "YAML text or a dict.", required = true) Object definition,
      @Arg("Accepted.") String prefix,
      @Arg("Tags of the definition.") StringList tags,
      @Arg("A repository of the query's own.") String repository) {
    Artifact artifact = parse(definition);
    ServerModel server =
        Access.server(
            call, artifact.type().server() ? "SERVER_ARTIFACT_WRITER" : "ARTIFACT_WRITER");
    if (artifact.type() == ArtifactType.INTERNAL) {
      return null;
    }
    Repository target = Repositories.named(call.scope(), repository);
    try {
      target.set(artifact);
    } catch (ArtifactException e) {
      throw new ArgumentException(e.getMessage());
    }
    if (tags != null) {
      target.setMetadata(artifact.name(), metadata(artifact).with("tags", List.copyOf(tags)));
    }
    Artifact stored = target.get(artifact.name());
    if (target == Repositories.of(call.scope())) {
      modified(server, stored.name(), "set", "definition", stored.definition(), call);
    }
    return stored.definition();
  }

  @VqlFunction(
      name = "import",
      doc =
          "Makes what an artifact exports known to the statements that follow. Returns the text of"
              + " the export.")
  static Object importExport(
      CallContext call, @Arg(value = "The artifact.", required = true) String artifact) {
    Artifact found = Repositories.of(call.scope()).get(artifact);
    if (found == null) {
      throw new ArgumentException("Artifact '" + artifact + "' not found");
    }
    if (!found.export().isBlank()) {
      call.scope().service(Evaluator.class).define(call.scope(), found.export());
    }
    return found.export();
  }

  @VqlFunction(
      name = "reformat",
      doc = "Lays out the queries of a definition. Returns {Artifact, Error}.",
      examples = "reformat(artifact='name: A\\n') => {\"Artifact\": \"name: A\", \"Error\": null}")
  static Object reformat(@Arg(value = "YAML text.", required = true) String artifact) {
    try {
      return Dict.of("Artifact", Reformatter.reformat(artifact), "Error", null);
    } catch (ArtifactException e) {
      return Dict.of("Artifact", artifact, "Error", e.getMessage());
    }
  }

  private static Artifact parse(Object definition) {
    try {
      return definition instanceof Dict dict
          ? Artifact.of(dict)
          : Artifact.parse(String.valueOf(definition));
    } catch (ArtifactException e) {
      String text = String.valueOf(definition);
      String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + " ...";
      throw new ArgumentException(e.getMessage() + ": " + start);
    }
  }

  private static Dict metadata(Artifact artifact) {
    return (Dict) artifact.definition().get("metadata");
  }

  private static void modified(
      ServerModel server,
      String artifact,
      String op,
      String member,
      Object value,
      CallContext call) {
    Modifications.send(server, artifact, op, member, value, Access.origin(call, server));
  }

  @VqlFunction(
      name = "artifact_delete",
      doc = "Deletes a definition that does not come with the server. Returns its name.",
      permission = "ARTIFACT_WRITER")
  static Object artifactDelete(
      CallContext call, @Arg(value = "The artifact.", required = true) String name) {
    Repository repository = Repositories.of(call.scope());
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      throw new ArgumentException("Artifact '" + name + "' not found");
    }
    ServerModel server =
        Access.server(
            call, artifact.type().server() ? "SERVER_ARTIFACT_WRITER" : "ARTIFACT_WRITER");
    try {
      repository.delete(name);
    } catch (ArtifactException e) {
      throw new ArgumentException(e.getMessage());
    }
    modified(server, name, "delete", null, null, call);
    return name;
  }

  @VqlFunction(
      name = "artifact_set_metadata",
      doc = "Changes what is kept about a definition. Returns {hidden, basic, tags}.",
      version = 2,
      permission = "ARTIFACT_WRITER")
  static Object artifactSetMetadata(
      CallContext call,
      @Arg(value = "The artifact.", required = true) String name,
      @Arg("Whether lists leave it out.") boolean hidden,
      @Arg("Whether basic collection rights are enough for it.") boolean basic,
      @Arg("Its tags; an empty list clears them.") StringList tags) {
    Repository repository = Repositories.of(call.scope());
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      throw new ArgumentException("Artifact '" + name + "' not found");
    }
    ServerModel server =
        Access.server(
            call, artifact.type().server() ? "SERVER_ARTIFACT_WRITER" : "ARTIFACT_WRITER");
    Dict.Builder metadata = metadata(artifact).toBuilder();
    if (call.given("hidden")) {
      metadata.replace("hidden", hidden);
    }
    if (call.given("basic")) {
      metadata.replace("basic", basic);
    }
    if (call.given("tags")) {
      metadata.replace("tags", tags == null ? List.of() : List.copyOf(tags));
    }
    Dict next = metadata.build();
    repository.setMetadata(name, next);
    Message shown = Message.of(Forms.ARTIFACT_METADATA, next);
    modified(server, name, "metadata", "metadata", shown, call);
    return shown;
  }
}
