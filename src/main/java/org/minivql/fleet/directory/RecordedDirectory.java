package org.minivql.fleet.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.source.FleetException;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.record.Forms;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * The flows and events of a fleet directory. A file that cannot be read ends the run: the exception
 * is kept as well, since a query that meets it would only log it.
 */
public final class RecordedDirectory implements Recorded {
  private static final int RECENT = 64;

  private final Path flows;
  private final EventDirectory events;
  private final EventDirectory eventLogs;
  private final UploadDirectory uploads;
  private final NotebookDirectory notebooks;
  private final JsonLines json;
  private final FlowTimes times;
  // A flow is asked for several times around its completion.
  private final Map<String, Dict> recent =
      Collections.synchronizedMap(
          new LinkedHashMap<String, Dict>(RECENT * 2, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Dict> eldest) {
              return size() > RECENT;
            }
          });
  private volatile FleetException failure;

  RecordedDirectory(Path root, JsonLines json, FlowTimes times) {
    this.flows = root.resolve("flows");
    this.events = new EventDirectory(root.resolve("monitoring"), json);
    this.eventLogs = new EventDirectory(root.resolve("monitoring_logs"), json);
    this.notebooks = new NotebookDirectory(root.resolve("notebooks"), json);
    this.uploads = new UploadDirectory(flows);
    this.json = json;
    this.times = times;
  }

  /** Reads the events of all queues and what these logged, for what is wrong with them. */
  void checkEvents(Damage damage) {
    events.check(damage);
    eventLogs.check(damage);
  }

  /** The first problem met, or null. */
  public FleetException failure() {
    return failure;
  }

  @Override
  public Dict flow(String clientId, String flowId) {
    String key = clientId + "/" + flowId;
    Dict known = recent.get(key);
    if (known == null) {
      Path folder = folder(clientId, flowId);
      if (Files.isDirectory(folder)) {
        known = guarded(() -> context(folder, clientId, flowId));
        recent.put(key, known);
      }
    }
    return known;
  }

  /** What the context of a flow says that is not so, one text each. */
  public List<String> contradictions(String clientId, String flowId) {
    Path folder = folder(clientId, flowId);
    Path file = folder.resolve("context.json");
    Dict given = Files.isRegularFile(file) ? guarded(() -> json.file(file)) : Dict.EMPTY;
    List<String> problems = new ArrayList<>();
    differs(given, "client_id", clientId, "client", problems);
    differs(given, "session_id", flowId, "flow", problems);
    Object zero = Forms.FLOW.zero().get("state");
    if (given.get("state") instanceof String state
        && !state.equals(zero)
        && Forms.FLOW.expand(given).get("state").equals(zero)) {
      problems.add("there is no state " + state);
    }
    long start = FlowTimes.number(given, "start_time");
    long end = FlowTimes.number(given, "active_time");
    if (start != 0 && end != 0 && end < start) {
      problems.add("it ended before it began");
    }
    if (given.get("artifacts_with_results") instanceof List<?> names) {
      for (Path result : results(folder)) {
        if (lines(result) > 0 && !names.contains(resultName(result))) {
          problems.add(
              "there are rows of " + resultName(result) + ", which its context does not name");
        }
      }
    }
    return problems;
  }

  private static void differs(
      Dict given, String member, String wanted, String what, List<String> problems) {
    if (given.get(member) instanceof String text && !text.isEmpty() && !text.equals(wanted)) {
      problems.add("its context names the " + what + " " + text);
    }
  }

  private Dict context(Path folder, String clientId, String flowId) {
    Path file = folder.resolve("context.json");
    Dict given = Files.isRegularFile(file) ? json.file(file) : Dict.EMPTY;
    Dict.Builder flow = given.toBuilder();
    flow.replace("client_id", clientId).replace("session_id", flowId);
    Dict known = FlowTimes.known(given);
    if (known != given) {
      times.complete(given, known, flow);
      return flow.build();
    }
    if (!given.has("artifacts_with_results") || !given.has("total_collected_rows")) {
      results(folder, flow, given);
    }
    if (!given.has("total_logs")) {
      flow.set("total_logs", lines(folder.resolve("logs.jsonl")));
    }
    if (!given.has("total_uploaded_files")) {
      flow.set("total_uploaded_files", lines(folder.resolve("uploads.jsonl")));
    }
    if (!given.has("state")) {
      flow.set("state", "FINISHED");
    }
    times.complete(given, given, flow);
    return flow.build();
  }

  private static void results(Path folder, Dict.Builder flow, Dict given) {
    List<Object> names = new ArrayList<>();
    long total = 0;
    for (Path result : results(folder)) {
      long rows = lines(result);
      total += rows;
      if (rows > 0) {
        names.add(resultName(result));
      }
    }
    if (!given.has("artifacts_with_results")) {
      flow.set("artifacts_with_results", List.copyOf(names));
    }
    if (!given.has("total_collected_rows")) {
      flow.set("total_collected_rows", total);
    }
  }

  private static List<Path> results(Path folder) {
    return Folders.list(folder.resolve("results"), name -> name.endsWith(".jsonl"));
  }

  static String resultName(Path result) {
    String file = result.getFileName().toString();
    return PathNames.decode(file.substring(0, file.length() - ".jsonl".length()));
  }

  /** The number of lines that are not empty. */
  static long lines(Path file) {
    long lines = 0;
    boolean text = false;
    byte[] buffer = new byte[8192];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            lines += text ? 1 : 0;
            text = false;
          } else {
            text |= buffer[i] > ' ' || buffer[i] < 0;
          }
        }
      }
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
    return lines + (text ? 1 : 0);
  }

  @Override
  public boolean flows(String clientId, Predicate<Dict> visitor) {
    List<Dict> all = new ArrayList<>();
    for (Path folder : Folders.folders(flows.resolve(PathNames.encode(clientId)))) {
      String flowId = PathNames.decode(folder.getFileName().toString());
      all.add(guarded(() -> context(folder, clientId, flowId)));
    }
    return FlowTimes.visit(all, visitor);
  }

  @Override
  public void resultNames(String clientId, String flowId, Consumer<String> out) {
    results(folder(clientId, flowId)).forEach(result -> out.accept(resultName(result)));
  }

  @Override
  public boolean results(String clientId, String flowId, String artifact, Sink out) {
    Path file =
        folder(clientId, flowId).resolve("results").resolve(PathNames.encode(artifact) + ".jsonl");
    return rows(file, out);
  }

  @Override
  public void logs(String clientId, String flowId, Sink out) {
    rows(folder(clientId, flowId).resolve("logs.jsonl"), out);
  }

  @Override
  public void uploads(String clientId, String flowId, Sink out) {
    rows(folder(clientId, flowId).resolve("uploads.jsonl"), out);
  }

  private boolean rows(Path file, Sink out) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    guarded(() -> json.read(file, (row, line) -> out.row(row)));
    return true;
  }

  @Override
  public void uploadTransactions(String clientId, String flowId, Sink out) {
    rows(folder(clientId, flowId).resolve("upload_transactions.jsonl"), out);
  }

  @Override
  public void events(String clientId, String artifact, Instant from, Instant to, Sink out) {
    guarded(() -> events.read(clientId, artifact, from, to, out));
  }

  @Override
  public void queues(BiConsumer<String, String> out) {
    events.queues(out);
  }

  @Override
  public void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {
    guarded(() -> eventLogs.read(clientId, artifact, from, to, out));
  }

  @Override
  public void logQueues(BiConsumer<String, String> out) {
    eventLogs.queues(out);
  }

  @Override
  public Path file(List<String> path) {
    Path kept = notebooks.file(path);
    return kept == null ? uploads.file(path) : kept;
  }

  @Override
  public Map<String, Path> files(List<String> path) {
    return notebooks.file(path) == null ? uploads.files(path) : notebooks.files(path);
  }

  @Override
  public void notebooks(Consumer<String> out) {
    notebooks.ids(out);
  }

  @Override
  public void tables(String notebookId, BiConsumer<String, Long> out) {
    notebooks.tables(notebookId, out);
  }

  @Override
  public Dict notebook(String notebookId) {
    return guarded(() -> notebooks.notebook(notebookId));
  }

  @Override
  public boolean notebook(String notebookId, String cellId, long table, Sink out) {
    return rows(notebooks.rows(notebookId, cellId, table), out);
  }

  private Path folder(String clientId, String flowId) {
    return flows.resolve(PathNames.encode(clientId)).resolve(PathNames.encode(flowId));
  }

  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (FleetException e) {
      if (failure == null) {
        failure = e;
      }
      throw e;
    }
  }
}
