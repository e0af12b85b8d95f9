package org.minivql.fleet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.minivql.artifact.Artifact;
import org.minivql.format.Json;
import org.minivql.registry.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * Writes a fleet of any layout as a fleet directory.
 *
 * @since 0.1.0
 */
public final class FleetImport {
  private final FleetSource source;
  private final Path target;
  private long rows;

  private FleetImport(FleetSource source, Path target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Writes a fleet, all of it or, where that fails, nothing.
   *
   * @param target a folder that does not exist or is empty
   * @return how many rows of results were written
   * @throws FleetException where the target has something in it or is in the source, or the source
   *     cannot be used
   */
  public static long write(FleetSource source, Path target) {
    if (!entries(target).isEmpty()) {
      throw FleetException.in(target.toString(), "is not empty");
    }
    Path from = Path.of(source.name()).toAbsolutePath().normalize();
    if (target.toAbsolutePath().normalize().startsWith(from)) {
      throw FleetException.in(target.toString(), "is in the fleet that is read");
    }
    FleetImport run = new FleetImport(source, target);
    try {
      run.write();
      source.survey();
    } catch (IOException e) {
      String message = "cannot be written: " + e.getMessage();
      throw run.undone(FleetException.in(target.toString(), message));
    } catch (FleetException e) {
      throw run.undone(e);
    }
    return run.rows;
  }

  /** What an import of a fleet leaves out, a sentence for each kind of file. */
  public static List<String> leftOut(FleetSource source) {
    List<String> texts = new ArrayList<>();
    source
        .leftOut()
        .forEach(
            (kind, count) ->
                texts.add(
                    source.name()
                        + ": "
                        + kind
                        + " are not imported ("
                        + count
                        + (count == 1 ? " file)" : " files)")));
    return texts;
  }

  private static List<Path> entries(Path target) {
    return RecordedDirectory.list(target, name -> true);
  }

  /** Removes what was written: part of a fleet must not be taken for the whole. */
  private FleetException undone(FleetException reason) {
    for (Path entry : entries(target)) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException | UncheckedIOException e) {
        return new FleetException(
            reason.getMessage() + "\n" + entry + " is left of it and cannot be removed: " + e);
      }
    }
    return reason;
  }

  private void write() throws IOException {
    Files.createDirectories(target);
    lines("clients.jsonl", collect(source::clients));
    lines("metadata.jsonl", collect(source::metadata));
    lines("hunts.jsonl", hunts());
    for (Artifact artifact : source.artifacts()) {
      text("artifacts/" + artifact.name() + ".yaml", artifact.raw());
    }
    table("tables/server.yaml", source.serverTable());
    table("tables/client.yaml", source.clientTable());
    Completions completions = source.completions();
    for (int i = 0; i < completions.size(); i++) {
      flow(completions.get(i).clientId(), completions.get(i).flowId());
    }
    Recorded recorded = source.recorded();
    events("monitoring", recorded::queues, recorded::events);
    events("monitoring_logs", recorded::logQueues, recorded::eventLogs);
    notebooks();
    if (source instanceof FleetDirectory directory) {
      for (Path file : directory.unread()) {
        copy(file, target.resolve(directory.root().relativize(file)));
      }
    }
    text("fleet.yaml", FleetYaml.text(source.config()));
  }

  /** Copies a file or folder as it is. */
  private static void copy(Path from, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = target.resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Reads the stored rows of a queue. */
  private interface Events {
    void read(String clientId, String queue, Instant from, Instant to, Sink out);
  }

  /** Stored rows of queues, a file for each day. */
  private void events(String name, Consumer<BiConsumer<String, String>> visit, Events events)
      throws IOException {
    List<String[]> queues = new ArrayList<>();
    visit.accept((clientId, queue) -> queues.add(new String[] {clientId, queue}));
    for (String[] queue : queues) {
      String folder =
          name + "/" + PathNames.encode(queue[0]) + "/" + PathNames.encode(queue[1]) + "/";
      events(queue[0], queue[1], events, target.resolve(folder));
    }
  }

  private static void events(String clientId, String queue, Events events, Path folder)
      throws IOException {
    try (DayFiles days = new DayFiles(folder)) {
      events.read(
          clientId,
          queue,
          null,
          null,
          row -> {
            days.add((Dict) row);
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<Dict> collect(Consumer<Consumer<Dict>> visit) {
    List<Dict> rows = new ArrayList<>();
    visit.accept(rows::add);
    return rows;
  }

  /** Hunts with the ids of their members; members stay too, since they name their flows. */
  private List<Dict> hunts() {
    List<Dict> hunts = new ArrayList<>();
    source.hunts(
        hunt -> {
          List<Object> participants = new ArrayList<>();
          if (hunt.get("members") instanceof List<?> members) {
            members.forEach(member -> participants.add(((Dict) member).get("ClientId")));
          } else if (hunt.get("participants") instanceof List<?> ids) {
            participants.addAll(ids);
          }
          hunts.add(hunt.toBuilder().replace("participants", participants).build());
        });
    return hunts;
  }

  private void flow(String clientId, String flowId) throws IOException {
    Recorded recorded = source.recorded();
    Dict flow = recorded.flow(clientId, flowId);
    String folder = "flows/" + PathNames.encode(clientId) + "/" + PathNames.encode(flowId) + "/";
    text(folder + "context.json", Json.indented(flow) + "\n");
    Object names = flow.get("artifacts_with_results");
    for (Object name : names instanceof List<?> list ? list : List.of()) {
      String file = folder + "results/" + PathNames.encode(String.valueOf(name)) + ".jsonl";
      rows += stream(file, out -> recorded.results(clientId, flowId, (String) name, out));
    }
    stream(folder + "logs.jsonl", out -> recorded.logs(clientId, flowId, out));
    stream(folder + "uploads.jsonl", out -> recorded.uploads(clientId, flowId, out));
    stream(
        folder + "upload_transactions.jsonl",
        out -> recorded.uploadTransactions(clientId, flowId, out));
    stored(UploadDirectory.place(clientId, flowId), folder + "uploads");
  }

  /** Copies a folder of the file store where there is one. */
  private void stored(List<String> place, String name) throws IOException {
    Path folder = source.recorded().file(place);
    if (folder != null && Files.isDirectory(folder)) {
      copy(folder, target.resolve(name));
    }
  }

  /** Notebooks with the tables of their cells; one without rows is a table, too. */
  private void notebooks() throws IOException {
    Recorded recorded = source.recorded();
    List<String> ids = new ArrayList<>();
    recorded.notebooks(ids::add);
    for (String id : ids) {
      String folder = "notebooks/" + PathNames.encode(id) + "/";
      Dict notebook = recorded.notebook(id);
      if (notebook != null) {
        text(folder + "notebook.json", Json.indented(notebook) + "\n");
      }
      Map<String, List<Long>> cells = new TreeMap<>();
      recorded.tables(
          id, (cell, table) -> cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(table));
      for (String cell : cells.keySet()) {
        for (long table : cells.get(cell)) {
          String name = "notebooks/" + NotebookDirectory.table(id, cell, table);
          if (stream(name, out -> recorded.notebook(id, cell, table, out)) == 0) {
            text(name, "");
          }
        }
      }
      stored(NotebookDirectory.attached(id), folder + "attach");
    }
  }

  /** Writes rows as they come; no row, no file. */
  private long stream(String name, Consumer<Sink> rows) throws IOException {
    Path file = target.resolve(name);
    Files.createDirectories(file.getParent());
    long[] count = new long[1];
    IOException[] failure = new IOException[1];
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      rows.accept(
          row -> {
            try {
              out.write(Json.text(row));
              out.write('\n');
              count[0]++;
              return true;
            } catch (IOException e) {
              failure[0] = e;
              return false;
            }
          });
    }
    if (failure[0] != null) {
      throw failure[0];
    }
    if (count[0] == 0) {
      Files.delete(file);
    }
    return count[0];
  }

  private void lines(String name, List<Dict> rows) throws IOException {
    if (!rows.isEmpty()) {
      StringBuilder text = new StringBuilder();
      rows.forEach(row -> text.append(Json.text(row)).append('\n'));
      text(name, text.toString());
    }
  }

  // JSON is YAML, so the table needs no other writer.
  private void table(String name, Dict table) throws IOException {
    if (table != null) {
      text(name, Json.indented(table) + "\n");
    }
  }

  private void text(String name, String text) throws IOException {
    Path file = target.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
