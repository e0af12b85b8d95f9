package org.minivql.builtin.artifact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.ArtifactParameter;
import org.minivql.artifact.ArtifactSource;
import org.minivql.artifact.Repository;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.Library;
import org.minivql.spi.QueryVerifier;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;

/** Checking definitions without running them. */
final class VerifyCalls {
  // What a client does to its host must be declared; other permissions need not be.
  private static final Set<String> DECLARED = Set.of("EXECVE", "FILESYSTEM_WRITE");

  private VerifyCalls() {}

  @VqlFunction(
      name = "verify",
      doc =
          "Checks a definition, which is not kept. Returns {Artifact, Permissions, Errors, Warnings,"
              + " Definitions, Suppressions}.",
      version = 2)
  static Object verify(
      CallContext call,
      @Arg(value = "The name of an artifact or YAML text.", required = true) String artifact,
      @Arg("A repository of the query's own.") String repository,
      @Arg(value = "Whether built-in names are a problem.", name = "disable_override")
          boolean disableOverride) {
    Repository scratch = Repositories.named(call.scope(), repository).scratch();
    Outcome outcome = new Outcome();
    try {
      Artifact known = scratch.get(artifact);
      Artifact parsed = known == null ? Artifact.parse(artifact) : known;
      Artifact before = scratch.get(parsed.name());
      if (known == null && disableOverride && before != null && isBuiltIn(before)) {
        throw new ArtifactException("Unable to override built in artifact " + parsed.name());
      }
      check(call, known == null ? scratch.set(parsed) : known, scratch, outcome);
    } catch (ArtifactException e) {
      outcome.errors.add("(0,0) yaml_error: YAML Error: " + e.getMessage());
    }
    return outcome.row(artifact);
  }

  private static boolean isBuiltIn(Artifact artifact) {
    return Boolean.TRUE.equals(artifact.definition().get("built_in"));
  }

  private static void check(
      CallContext call, Artifact artifact, Repository repository, Outcome outcome) {
    Set<String> names = new HashSet<>();
    artifact.parameters().stream().map(ArtifactParameter::name).forEach(names::add);
    QueryVerifier verifier = call.scope().service(QueryVerifier.class);
    Library library = call.scope().service(Library.class);
    QueryVerifier.Setting setting =
        new QueryVerifier.Setting(name -> parameters(repository.get(name)), names);
    List<String[]> texts = new ArrayList<>();
    for (String imported : artifact.imports()) {
      Artifact other = repository.get(imported);
      String problem =
          other == null
              ? " not found"
              : other.export().isBlank() ? " does not export anything" : "";
      if (!problem.isEmpty()) {
        outcome.errors.add(
            "(0,0) invalid_import: " + artifact.name() + ": Artifact " + imported + problem);
      } else {
        names.addAll(
            verifier.verify(library, other.export(), setting).definitions().shape().names());
      }
    }
    texts.add(new String[] {"precondition", artifact.precondition()});
    texts.add(new String[] {"export", artifact.export()});
    for (ArtifactSource source : artifact.sources()) {
      texts.add(new String[] {"precondition", source.precondition()});
      texts.add(new String[] {"query", source.query()});
    }
    for (String[] text : texts) {
      if (!text[1].isBlank()) {
        String place = "(0,0) artifact_vql_error: " + artifact.name() + ": " + text[0] + ": ";
        outcome.add(place, verifier.verify(library, text[1], setting));
      }
      if (text[0].equals("export")) {
        names.addAll(outcome.definitions.build().shape().names());
      }
    }
    outcome.undeclared(artifact);
  }

  private static List<String> parameters(Artifact artifact) {
    return artifact == null
        ? null
        : artifact.parameters().stream().map(ArtifactParameter::name).toList();
  }

  /** What was found in all queries of a definition. */
  private static final class Outcome {
    final List<String> errors = new ArrayList<>();
    final List<Dict> warnings = new ArrayList<>();
    final Dict.Builder definitions = Dict.builder();
    final List<Dict> suppressions = new ArrayList<>();
    final Set<String> permissions = new TreeSet<>();

    void add(String place, QueryVerifier.Report report) {
      report.errors().forEach(error -> errors.add(place + error));
      warnings.addAll(report.warnings());
      definitions.setAll(report.definitions());
      suppressions.addAll(report.suppressions());
      permissions.addAll(report.permissions());
    }

    void undeclared(Artifact artifact) {
      List<Object> declared = new ArrayList<>();
      for (String member : List.of("required_permissions", "implied_permissions")) {
        if (artifact.definition().get(member) instanceof List<?> list) {
          declared.addAll(list);
        }
      }
      for (String permission : permissions) {
        if (DECLARED.contains(permission)
            && !declared.contains(permission)
            && !isSuppressed(permission)) {
          Dict nowhere = Dict.of("Filename", "", "Offset", 0L, "Line", 0L, "Column", 0L);
          warnings.add(
              Dict.of(
                  "Name",
                  "required_permissions",
                  "Message",
                  "Add %[1]v to artifact's required_permissions or implied_permissions fields",
                  "Args",
                  List.of(permission),
                  "Pos",
                  Dict.of("Pos", nowhere, "EndPos", nowhere)));
        }
      }
    }

    private boolean isSuppressed(String permission) {
      return suppressions.stream()
          .anyMatch(
              s ->
                  s.get("Name").equals("required_permissions")
                      && Pattern.compile((String) s.get("Subject")).matcher(permission).find());
    }

    Dict row(String artifact) {
      return Dict.of(
          "Artifact",
          artifact,
          "Permissions",
          orNull(List.copyOf(permissions)),
          "Errors",
          orNull(errors),
          "Warnings",
          orNull(warnings),
          "Definitions",
          definitions.build(),
          "Suppressions",
          orNull(suppressions));
    }

    private static List<?> orNull(List<?> list) {
      return list.isEmpty() ? null : list;
    }
  }
}
