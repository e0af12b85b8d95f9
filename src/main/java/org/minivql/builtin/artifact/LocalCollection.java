package org.minivql.builtin.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.CollectionLog;
import org.minivql.artifact.Failures;
import org.minivql.artifact.Request;
import org.minivql.artifact.Runs;
import org.minivql.format.Json;
import org.minivql.spi.Evaluator;
import org.minivql.spi.LogFeed;
import org.minivql.spi.Uploads;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** A collection that runs here, with what it says about itself in its archive. */
final class LocalCollection {
  private static final Pattern LEVEL =
      Pattern.compile("(?s)(?i:(DEFAULT|ERROR|INFO|WARN|DEBUG|ALERT|TRACE):)?(.*)");
  private static final int DIGITS = 13;
  private static final int BASE = 32;

  private final Scope scope;
  private final CollectedArchive archive;
  private final Deadlines deadlines;
  private final Instant begin;
  private final List<Dict> logs = new ArrayList<>();
  private final List<Object> stats = new ArrayList<>();
  private final List<Object> names = new ArrayList<>();
  private String failure = "";
  private String pending = "";
  private long rows;

  LocalCollection(Scope scope, CollectedArchive archive, Deadlines deadlines) {
    this.scope = scope;
    this.archive = archive;
    this.deadlines = deadlines;
    this.begin = scope.clock().instant();
  }

  /** Runs everything and writes what there is to say about it. */
  void run(List<Request> requests, List<Artifact> custom) throws IOException {
    LogFeed feed = scope.service(LogFeed.class);
    Runnable end = feed == null ? () -> {} : feed.listen(this::log);
    try {
      for (int i = 0; i < requests.size() && deadlines.go(); i++) {
        run(requests.get(i), i + 1, requests.size());
      }
    } finally {
      end.run();
    }
    failure = failure.isEmpty() ? failed() : failure;
    archive.finish();
    List<Object> artifacts =
        requests.stream().map(r -> (Object) r.artifact().name()).distinct().toList();
    archive.lines("log.json", logs());
    archive.lines("uploads.json", archive.uploads());
    archive.record("collection_context.json", context(artifacts, requests.size()));
    archive.record("client_info.json", client());
    archive.record(
        "requests.json",
        Dict.of("items", requests.stream().map(LocalCollection::compiled).toList()));
    if (!custom.isEmpty()) {
      archive.record(
          "custom_artifacts.json", custom.stream().map(a -> (Object) a.definition()).toList());
    }
  }

  private void run(Request request, int number, int total) throws IOException {
    Instant start = scope.clock().instant();
    int logged = logs().size();
    int files = archive.uploads().size();
    long bytes = archive.uploadedBytes();
    long before = rows;
    pending = "";
    CollectionLog lines =
        new CollectionLog(
            request, () -> Duration.between(start, scope.clock().instant()), this::note);
    lines.starting();
    List<Object> own = sources(request, lines);
    Instant end = scope.clock().instant();
    names.addAll(own.stream().filter(name -> !names.contains(name)).toList());
    lines.uploaded(archive.uploads().size() - files);
    lines.done();
    long uploaded = archive.uploadedBytes() - bytes;
    String error = failed();
    failure = failure.isEmpty() ? error : failure;
    stats.add(
        Dict.builder()
            .set("status", error.isEmpty() ? 0L : 10L)
            .set("error_message", error)
            .set("duration", nanos(end) - nanos(start))
            .set("last_active", nanos(end) / 1000)
            .set("first_active", nanos(start) / 1000)
            .set("names_with_response", own)
            .set("Artifact", request.queries().get(0).name())
            .set("log_rows", (long) (logs().size() - logged))
            .set("uploaded_files", (long) (archive.uploads().size() - files))
            .set("uploaded_bytes", uploaded)
            .set("expected_uploaded_bytes", uploaded)
            .set("result_rows", rows - before)
            .set("query_id", (long) number)
            .set("total_queries", (long) total)
            .build());
  }

  /** Runs the sources; answers the names of those that gave rows. */
  private List<Object> sources(Request request, CollectionLog lines) throws IOException {
    CollectionLog.Batch batch = CollectionLog.Batch.of(Dict.EMPTY, request.artifact());
    Map<String, CollectionLog.Parts> sent = new LinkedHashMap<>();
    try {
      Runs.run(
          scope,
          request,
          Dict.EMPTY,
          Map.of(Uploads.class, archive),
          true,
          (query, row) -> {
            if (!sent.containsKey(query.name())) {
              sent.values().forEach(CollectionLog.Parts::end);
              sent.put(query.name(), lines.parts(query, batch));
            }
            Dict dict = Runs.dict(row);
            sent.get(query.name()).row(Json.text(scope, dict));
            rows++;
            return write(query.name(), dict) && deadlines.go();
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    sent.values().forEach(CollectionLog.Parts::end);
    return List.copyOf(sent.keySet());
  }

  private boolean write(String result, Dict row) {
    try {
      archive.table(result).add(row);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void log(LogFeed.Line line) {
    Matcher parts = LEVEL.matcher(line.text());
    String level = parts.matches() && parts.group(1) != null ? parts.group(1) : "DEFAULT";
    boolean failed = level.equalsIgnoreCase("ERROR") || Failures.says(line.text());
    String message = parts.group(2);
    if (failed && pending.isEmpty()) {
      pending = message;
    }
    note(failed ? "ERROR" : level.toUpperCase(Locale.ROOT), message + "\n");
  }

  private synchronized void note(String level, String message) {
    long seconds = scope.clock().instant().getEpochSecond();
    logs.add(Dict.of("_ts", seconds, "client_time", seconds, "level", level, "message", message));
  }

  private synchronized List<Dict> logs() {
    return List.copyOf(logs);
  }

  private synchronized String failed() {
    return pending;
  }

  /** The flow as a collector writes it: choices as numbers, times in nanoseconds. */
  private Dict context(List<Object> artifacts, int requests) {
    Instant end = scope.clock().instant();
    long uploaded = archive.uploadedBytes();
    return Dict.builder()
        .set("session_id", flowId())
        .set("request", Dict.of("artifacts", artifacts))
        .set("create_time", nanos(begin))
        .set("start_time", nanos(begin))
        .set("active_time", nanos(end))
        .set("total_uploaded_files", (long) archive.uploads().size())
        .set("total_expected_uploaded_bytes", uploaded)
        .set("total_uploaded_bytes", uploaded)
        .set("total_collected_rows", rows)
        .set("total_logs", (long) logs().size())
        .set("total_requests", (long) requests)
        .set("execution_duration", nanos(end) - nanos(begin))
        .set("state", failure.isEmpty() ? 2L : 3L)
        .set("status", failure)
        .set("artifacts_with_results", List.copyOf(names))
        .set("query_stats", List.copyOf(stats))
        .build();
  }

  /** An id out of the time, as flows have it. */
  private String flowId() {
    String digits = Long.toString(nanos(begin), BASE).toUpperCase(Locale.ROOT);
    return "F." + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }

  private Dict client() {
    Dict[] info = {Dict.EMPTY};
    try (Evaluator.Session session = scope.service(Evaluator.class).session(scope, Dict.EMPTY)) {
      session.run(
          "SELECT * FROM info()",
          row -> {
            info[0] = Runs.dict(row);
            return false;
          });
    }
    return info[0].toBuilder()
        .set("Name", "minivql")
        .set("BuildTime", "")
        .set("build_url", "")
        .build();
  }

  private static Object compiled(Request request) {
    List<Object> queries = new ArrayList<>();
    if (!request.preamble().isBlank()) {
      queries.add(Dict.of("VQL", request.preamble()));
    }
    request.exports().forEach(export -> queries.add(Dict.of("VQL", export)));
    request.queries().forEach(q -> queries.add(Dict.of("Name", q.name(), "VQL", q.text())));
    List<Object> env = new ArrayList<>();
    request.env().forEach((key, value) -> env.add(Dict.of("key", key, "value", value)));
    Dict.Builder out = Dict.builder().set("query", queries).set("env", env);
    if (!request.precondition().isBlank()) {
      out.set("precondition", request.precondition());
    }
    return out.build();
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
