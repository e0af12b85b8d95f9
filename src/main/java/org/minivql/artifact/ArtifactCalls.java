package org.minivql.artifact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.minivql.spi.CallContext;
import org.minivql.spi.Catalog;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Namespace;
import org.minivql.spi.Parameter;
import org.minivql.spi.PluginBody;
import org.minivql.spi.Signature;
import org.minivql.spi.Warnings;
import org.minivql.spi.Workers;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/**
 * Artifacts as plugins: {@code SELECT * FROM Artifact.Windows.Sys.Users()}.
 *
 * @since 0.1.0
 */
public final class ArtifactCalls implements Namespace {
  private static final int MAX_NESTING = 10;
  // Not a name that a query can have by accident.
  private static final String NESTING = "$artifacts";

  private final Function<Scope, Repository> repositories;

  /**
   * Calls of the artifacts that a scope knows.
   *
   * @param repositories finds the repository of a scope
   */
  public ArtifactCalls(Function<Scope, Repository> repositories) {
    this.repositories = repositories;
  }

  /** What a server keeps about itself, for parameters that are read from there: a service. */
  @FunctionalInterface
  public interface ServerMetadata {
    /** The value of a key, or null. */
    String value(String key);

    /** What the scope's server keeps; nothing where there is none. */
    static UnaryOperator<String> of(Scope scope) {
      ServerMetadata metadata = scope.service(ServerMetadata.class);
      return metadata == null ? key -> null : metadata::value;
    }
  }

  @Override
  public String root() {
    return "Artifact";
  }

  @Override
  public Catalog.Plugin plugin(List<String> path) {
    String name = String.join(".", path);
    Signature signature =
        new Signature(
            Signature.Kind.PLUGIN,
            "Artifact." + name,
            "Runs an artifact in a scope of its own.",
            List.<Parameter>of(),
            true,
            List.of(),
            List.of(),
            0,
            "",
            ErrorValue.NULL,
            "Artifact." + name,
            false,
            false);
    PluginBody body = (context, arguments, out) -> call(name, context, (Dict) arguments[0], out);
    return new Catalog.Plugin(signature, body);
  }

  @Override
  public Object value() {
    return new Reference("");
  }

  /**
   * A name being spelled out in an expression.
   *
   * @param name what stands after {@code Artifact.}
   */
  public record Reference(String name) implements Members {
    @Override
    public Object member(String member) {
      return new Reference(name.isEmpty() ? member : name + "." + member);
    }

    @Override
    public List<String> memberNames() {
      return List.of();
    }
  }

  private void call(String name, CallContext context, Dict given, Sink out) {
    Scope scope = context.scope();
    Repository repository = repositories.apply(scope);
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      context.append("Artifact " + name + " not found");
      return;
    }
    List<Object> nesting = nesting(scope);
    if (nesting.size() >= MAX_NESTING) {
      context.append("Error: Stack overflow: " + nesting);
      return;
    }
    Dict arguments = expand(given);
    String source = source(artifact, arguments, context);
    Dict env = environment(artifact, arguments, context);
    if (source == null || env == null) {
      return;
    }
    nesting.add(name);
    run(
        artifact,
        repository,
        env,
        new Target(source, truth(scope, arguments), nesting),
        context,
        out);
  }

  private record Target(String source, boolean preconditions, List<Object> nesting) {}

  private void run(
      Artifact artifact,
      Repository repository,
      Dict env,
      Target target,
      CallContext context,
      Sink out) {
    Scope scope = context.scope();
    List<Request> requests;
    try {
      requests = new Compiler(repository, ServerMetadata.of(scope)).compile(artifact, env);
    } catch (ArtifactException e) {
      context.append(e.getMessage());
      return;
    }
    warn(requests, target.preconditions(), scope);
    String wanted = artifact.name() + "/" + target.source();
    Dict extra = Dict.of(NESTING, List.copyOf(target.nesting()));
    List<Request> parts = new ArrayList<>();
    for (Request request : requests) {
      Request part = target.source().isEmpty() ? request : only(request, wanted);
      if (!part.queries().isEmpty()) {
        parts.add(part);
      }
    }
    if (artifact.type().event() && parts.size() > 1) {
      // Any of them may never end.
      scope
          .service(Workers.class)
          .each(
              scope,
              parts.size(),
              (inner, feed) -> parts.stream().allMatch(feed::row),
              (inner, part, sink) -> part(inner, (Request) part, extra, target, sink),
              out);
      return;
    }
    for (Request part : parts) {
      if (!part(scope, part, extra, target, out)) {
        return;
      }
    }
  }

  private static boolean part(Scope scope, Request part, Dict extra, Target target, Sink out) {
    return Runs.run(
        scope,
        part,
        extra,
        target.preconditions(),
        (query, row) -> out.row(Runs.sourced(row, query.name())));
  }

  private static void warn(List<Request> requests, boolean preconditions, Scope scope) {
    Warnings warnings = scope.service(Warnings.class);
    if (warnings == null) {
      return;
    }
    Pitfalls.of(requests).forEach(p -> warnings.warn(scope, p.id(), p.message()));
    if (!preconditions && requests.stream().anyMatch(r -> !r.precondition().isBlank())) {
      String name = requests.get(0).artifact().name();
      warnings.warn(
          scope,
          "Q-27",
          "Artifact."
              + name
              + "() does not evaluate the precondition of "
              + name
              + ", nor do the artifacts it calls; pass preconditions=TRUE to each");
    }
  }

  private static Request only(Request request, String name) {
    return new Request(
        request.artifact(),
        request.env(),
        request.preamble(),
        request.precondition(),
        request.exports(),
        request.queries().stream().filter(q -> q.name().equals(name)).toList());
  }

  private static List<Object> nesting(Scope scope) {
    Object outer = scope.resolve(NESTING);
    return outer instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
  }

  private static Dict expand(Dict given) {
    if (!(given.get("**") instanceof Dict inner)) {
      return given;
    }
    return given.toBuilder().remove("**").setAll(inner).build();
  }

  /** The source asked for, empty for all, null where there is no such source. */
  private static String source(Artifact artifact, Dict arguments, CallContext context) {
    Object source = arguments.get("source");
    if (source == null) {
      return "";
    }
    if (!(source instanceof String name)) {
      context.append("Source must be a string");
      return null;
    }
    boolean known = artifact.sources().stream().anyMatch(s -> s.name().equals(name));
    if (!known) {
      context.append("Source " + name + " not found in artifact " + artifact.name());
      return null;
    }
    return name;
  }

  private static boolean truth(Scope scope, Dict arguments) {
    Object value = arguments.get("preconditions");
    return value != null && scope.operators().truth(scope, value);
  }

  /** The parameters given, or null where one is not declared. */
  private static Dict environment(Artifact artifact, Dict arguments, CallContext context) {
    Dict.Builder env = Dict.builder();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.name(i);
      if (name.equals("source") || name.equals("preconditions")) {
        continue;
      }
      if (artifact.parameter(name) == null) {
        context.append("Unknown parameter " + name + " provided to artifact " + artifact.name());
        return null;
      }
      env.set(name, value(arguments.cell(i), context.scope()));
    }
    return env.build();
  }

  // A query given as a parameter belongs to the caller and cannot run inside.
  private static Object value(Object given, Scope scope) {
    if (given == Absent.ABSENT) {
      return null;
    }
    if (given instanceof StoredQuery query) {
      List<Object> rows = new ArrayList<>();
      query.run(scope, rows::add);
      return Collections.unmodifiableList(rows);
    }
    return given;
  }
}
