package org.minivql.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.archive.CollectorArchive;
import org.minivql.fleet.archive.CollectorArchives;
import org.minivql.fleet.directory.DayFiles;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.directory.FleetWriter;
import org.minivql.fleet.directory.NotebookDirectory;
import org.minivql.fleet.directory.UploadDirectory;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.source.Completions;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.registry.flow.Recorded;
import org.minivql.registry.record.Forms;
import org.minivql.spi.FileStore;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * Writes a fleet of any layout as a fleet directory.
 *
 * @since 0.1.0
 */
public final class FleetImport {
  private static final List<String> WORKED_OUT =
      List.of(
          "state",
          "artifacts_with_results",
          "total_collected_rows",
          "total_logs",
          "total_uploaded_files",
          "create_time",
          "start_time",
          "active_time");

  private final FleetSource source;
  private final Damage damage = new Damage();
  private final FleetWriter out;
  private final Path target;
  private long rows;

  private FleetImport(FleetSource source, Path target) {
    this.source = source;
    this.target = target;
    this.out = new FleetWriter(target, damage);
  }

  /**
   * What an import did.
   *
   * @param rows how many rows of results were written
   * @param problems what could not be read and was left out, and files of no known kind, one text
   *     each
   */
  public record Result(long rows, List<String> problems) {}

  /**
   * Writes a fleet, all of it or, where that fails, nothing.
   *
   * @param target a folder that does not exist or is empty
   * @return what was written and what was not
   * @throws FleetException where the target has something in it or is in the source, or the source
   *     cannot be used
   */
  public static Result write(FleetSource source, Path target) {
    if (!Folders.list(target, name -> true).isEmpty()) {
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
      throw run.out.undone(FleetException.in(target.toString(), message));
    } catch (FleetException e) {
      throw run.out.undone(e);
    }
    List<String> problems = new ArrayList<>(source.problems());
    run.damage.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
    return new Result(run.rows, List.copyOf(problems));
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

  private void write() throws IOException {
    Files.createDirectories(target);
    out.lines("clients.jsonl", collect(source::clients));
    out.lines("metadata.jsonl", collect(source::metadata));
    out.lines("hunts.jsonl", hunts());
    for (Artifact artifact : source.artifacts()) {
      out.text("artifacts/" + artifact.name() + ".yaml", text(artifact));
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
        out.copy(file, directory.root().relativize(file).toString());
      }
    }
    out.text("fleet.yaml", FleetYaml.text(source.config()));
  }

  // JSON is YAML, so a definition that was never a text needs no other writer.
  private static String text(Artifact artifact) {
    return artifact.raw().isEmpty() ? Json.indented(artifact.definition()) + "\n" : artifact.raw();
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
          Set<Object> participants = new LinkedHashSet<>();
          if (hunt.get("members") instanceof List<?> members) {
            members.forEach(member -> participants.add(((Dict) member).get("ClientId")));
          }
          if (hunt.get("participants") instanceof List<?> ids) {
            participants.addAll(ids);
          }
          hunts.add(hunt.with("participants", List.copyOf(participants)));
        });
    return hunts;
  }

  /** A flow with the zeros that it does not say: what is left out of a fleet is worked out. */
  private static Dict whole(Dict flow) {
    Dict.Builder whole = flow.toBuilder();
    for (String name : WORKED_OUT) {
      if (!flow.has(name)) {
        whole.set(name, Forms.FLOW.zero().get(name));
      }
    }
    return whole.build();
  }

  private void flow(String clientId, String flowId) throws IOException {
    Recorded recorded = source.recorded();
    Dict flow = recorded.flow(clientId, flowId);
    if (flow == null) {
      return;
    }
    String folder = "flows/" + PathNames.encode(clientId) + "/" + PathNames.encode(flowId) + "/";
    out.text(folder + "context.json", Json.indented(whole(flow)) + "\n");
    // There may be more than a flow says, where its record is older than its rows.
    Set<String> names = new TreeSet<>();
    recorded.resultNames(clientId, flowId, names::add);
    for (String name : names) {
      String file = folder + "results/" + PathNames.encode(name) + ".jsonl";
      long count = out.stream(file, sink -> recorded.results(clientId, flowId, name, sink));
      if (count == 0) {
        out.text(file, "");
      }
      rows += count;
    }
    out.stream(folder + "logs.jsonl", sink -> recorded.logs(clientId, flowId, sink));
    out.stream(folder + "uploads.jsonl", sink -> recorded.uploads(clientId, flowId, sink));
    out.stream(
        folder + "upload_transactions.jsonl",
        sink -> recorded.uploadTransactions(clientId, flowId, sink));
    if (source instanceof CollectorArchives archives) {
      List<CollectorArchive.Uploaded> uploads = new ArrayList<>();
      archives.uploads(clientId, flowId, uploads::add);
      for (CollectorArchive.Uploaded file : uploads) {
        String path = String.join("/", file.path().stream().map(PathNames::encode).toList());
        out.copy(file.place(), file.content(), file.modified(), folder + "uploads/" + path);
      }
    } else {
      stored(UploadDirectory.place(clientId, flowId), folder + "uploads");
    }
  }

  /** Copies what there is in a folder of the file store. */
  private void stored(List<String> place, String name) throws IOException {
    Recorded recorded = source.recorded();
    for (Map.Entry<String, Path> file : recorded.files(place).entrySet()) {
      String to = name + "/" + PathNames.encode(file.getKey());
      if (Files.isDirectory(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
        stored(inside(place, file.getKey()), to);
      } else {
        out.copy(file.getValue(), to);
      }
    }
    Recorded.Held folder = recorded.held(place);
    for (FileStore.Entry entry : folder == null ? List.<FileStore.Entry>of() : folder.list()) {
      List<String> path = inside(place, entry.name());
      String to = name + "/" + PathNames.encode(entry.name());
      Recorded.Held file = recorded.held(path);
      out.copy(from(path), file::open, FileTime.from(entry.modified()), to);
    }
  }

  private static List<String> inside(List<String> folder, String name) {
    List<String> path = new ArrayList<>(folder);
    path.add(name);
    return path;
  }

  private String from(List<String> path) {
    return source.name() + "/" + String.join("/", path.stream().map(PathNames::encode).toList());
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
        out.text(folder + "notebook.json", Json.indented(notebook) + "\n");
      }
      Map<String, List<Long>> cells = new TreeMap<>();
      recorded.tables(
          id, (cell, table) -> cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(table));
      for (String cell : cells.keySet()) {
        for (long table : cells.get(cell)) {
          String name = "notebooks/" + NotebookDirectory.table(id, cell, table);
          if (out.stream(name, sink -> recorded.notebook(id, cell, table, sink)) == 0) {
            out.text(name, "");
          }
        }
      }
      stored(NotebookDirectory.attached(id), folder + "attach");
    }
  }

  // JSON is YAML, so the table needs no other writer.
  private void table(String name, Dict table) throws IOException {
    if (table != null) {
      out.text(name, Json.indented(table) + "\n");
    }
  }
}
