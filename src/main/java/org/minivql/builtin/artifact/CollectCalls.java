package org.minivql.builtin.artifact;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.zip.SealedArchive;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Compiler;
import org.minivql.artifact.Repository;
import org.minivql.artifact.Request;
import org.minivql.artifact.Runs;
import org.minivql.format.Json;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Running artifacts here and now. */
final class CollectCalls {
  private CollectCalls() {}

  @VqlPlugin(
      name = "collect",
      doc =
          "Runs artifacts here. The rows of their sources, each with _Source; with output these go"
              + " into an archive as an offline collector makes it, and the row has Container, its"
              + " path, and Error.",
      version = 2,
      permission = "FILESYSTEM_WRITE")
  static void collect(
      Sink out,
      CallContext call,
      @Arg(value = "The artifacts.", required = true) StringList artifacts,
      @Arg("Parameters by artifact.") Object args,
      @Arg("The archive to make.") String output,
      @Arg("Encrypts the archive.") String password,
      @Arg("How rows are kept in it: jsonl (default), csv (both) or csv_only.") String format,
      @Arg(
              value = "More definitions: YAML, dicts, or a list of them.",
              name = "artifact_definitions")
          Object definitions,
      @Arg(value = "How hard to compress, 0 to 9.", defaultValue = "5") long level,
      @Arg(value = "Percent of a core; not enforced.", name = "cpu_limit") double cpuLimit,
      @Arg(value = "Operations a second; not enforced.", name = "iops_limit") double iopsLimit,
      @Arg(value = "Not enforced.", name = "ops_per_sec") long opsPerSec,
      @Arg(value = "Seconds without a row after which it ends.", name = "progress_timeout")
          double progressTimeout,
      @Arg("Seconds after which it ends.") double timeout,
      @Arg("Its rows are kept as metadata.json.") StoredQuery metadata,
      @Arg("Sources run one after the other, whatever is asked for.") long concurrency,
      @Arg("Cannot be done here.") String remapping,
      @Arg("Ignored.") String report,
      @Arg("Ignored.") String template) {
    if (remapping != null && !remapping.isEmpty()) {
      throw new ArgumentException("accessors are not remapped here");
    }
    Repository repository = Repositories.of(call.scope()).scratch();
    List<Artifact> custom = new ArrayList<>();
    define(repository, definitions, custom);
    List<Request> requests = requests(call, repository, artifacts, parameters(repository, args));
    Deadlines deadlines = new Deadlines(call.scope(), timeout, progressTimeout);
    if (output == null || output.isEmpty()) {
      rows(out, call, requests, deadlines);
    } else {
      String wanted = format == null || format.isEmpty() ? "jsonl" : format;
      if (!List.of("jsonl", "csv", "csv_only").contains(wanted)) {
        throw new ArgumentException("format should be jsonl, csv or csv_only, not " + wanted);
      }
      String notes = metadata == null ? "" : Json.indented(call.scope(), rows(call, metadata));
      Container container =
          new Container(output, password == null ? "" : password, wanted, (int) level, notes);
      String error = container.make(call, requests, custom, deadlines);
      out.row(Dict.of("Container", output, "Error", error));
    }
  }

  /** Where a collection goes. */
  private record Container(
      String output, String password, String format, int level, String metadata) {
    /** Runs the collection; answers what went wrong, or NULL. */
    String make(
        CallContext call, List<Request> requests, List<Artifact> custom, Deadlines deadlines) {
      boolean real = Effects.ask(call, Effects.Kind.WRITE, output, Dict.EMPTY);
      try (CollectedArchive archive =
          new CollectedArchive(call.scope(), open(real), format, level)) {
        if (!metadata.isEmpty() && password.isEmpty()) {
          archive.member(
              "metadata.json", out -> out.write(metadata.getBytes(StandardCharsets.UTF_8)));
        }
        new LocalCollection(call.scope(), archive, deadlines).run(requests, custom);
        return null;
      } catch (IOException | UncheckedIOException | InvalidPathException e) {
        call.append("ERROR:collect: " + output + ": " + e.getMessage());
        return String.valueOf(e.getMessage());
      }
    }

    private OutputStream open(boolean real) throws IOException {
      OutputStream file =
          real
              ? new BufferedOutputStream(Files.newOutputStream(Path.of(output)))
              : OutputStream.nullOutputStream();
      return password.isEmpty() ? file : SealedArchive.begin(file, password, metadata);
    }
  }

  private static List<Object> rows(CallContext call, StoredQuery query) {
    List<Object> rows = new ArrayList<>();
    query.run(call.scope(), rows::add);
    return rows;
  }

  private static void rows(
      Sink out, CallContext call, List<Request> requests, Deadlines deadlines) {
    for (Request request : requests) {
      boolean more =
          deadlines.go()
              && Runs.run(
                  call.scope(),
                  request,
                  Dict.EMPTY,
                  true,
                  (query, row) -> deadlines.go() && out.row(Runs.sourced(row, query.name())));
      if (!more) {
        return;
      }
    }
  }

  private static Dict parameters(Repository repository, Object args) {
    Object given = Values.reduce(args);
    if (given == null || given == Absent.ABSENT) {
      return Dict.EMPTY;
    }
    if (!(given instanceof Dict parameters)) {
      throw new ArgumentException("args should be a dict of parameters by artifact");
    }
    for (String name : parameters.shape().names()) {
      if (repository.get(name) == null) {
        throw new ArgumentException(
            "Parameter refers to an unknown artifact ("
                + name
                + "). The parameter should be of the form"
                + " {\"Custom.Artifact.Name\":{\"arg\":\"value\"}}");
      }
    }
    return parameters;
  }

  private static List<Request> requests(
      CallContext call, Repository repository, StringList artifacts, Dict parameters) {
    List<Request> requests = new ArrayList<>();
    for (String name : artifacts) {
      requests.addAll(requests(call, repository, name, parameters.get(name)));
    }
    return requests;
  }

  private static void define(Repository repository, Object definitions, List<Artifact> custom) {
    Object given = definitions instanceof Lazy lazy ? lazy.get() : definitions;
    if (given instanceof List<?> list) {
      list.forEach(item -> define(repository, item, custom));
    } else if (given instanceof Dict || given instanceof String) {
      try {
        Artifact artifact =
            given instanceof Dict dict ? Artifact.of(dict) : Artifact.parse((String) given);
        repository.set(artifact);
        custom.add(artifact);
      } catch (ArtifactException e) {
        throw new ArgumentException(e.getMessage());
      }
    }
  }

  private static List<Request> requests(
      CallContext call, Repository repository, String name, Object parameters) {
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      throw new ArgumentException("Artifact " + name + " not found");
    }
    try {
      Dict env = parameters instanceof Dict dict ? dict : Dict.EMPTY;
      return new Compiler(repository, ArtifactCalls.ServerMetadata.of(call.scope()))
          .compile(artifact, env);
    } catch (ArtifactException e) {
      throw new ArgumentException(e.getMessage());
    }
  }
}
