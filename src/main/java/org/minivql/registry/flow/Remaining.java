package org.minivql.registry.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.minivql.registry.store.Store;
import org.minivql.spi.FileStore;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * What is recorded and was not removed since: removed things stay on disk and are not seen.
 *
 * @since 0.1.0
 */
public final class Remaining implements Recorded {
  /** The table of the clients that were removed. */
  public static final String CLIENTS = "clients_removed";

  private static final String FLOWS = "flows_removed";
  private static final String NOTEBOOKS = "notebooks_removed";
  private static final Pattern ENDING = Pattern.compile("\\.(json.*|db)$");

  private final Store store;
  private final Recorded all;

  /** What was recorded, without what the store says is deleted. */
  public Remaining(Store store, Recorded all) {
    this.store = store;
    this.all = all;
  }

  private static String key(String clientId, String flowId) {
    return clientId + "/" + flowId;
  }

  /** Hides a flow with all that belongs to it. */
  void hide(String clientId, String flowId) {
    store.put(FLOWS, key(clientId, flowId), true);
  }

  /** Hides a client with all that belongs to it. */
  void hide(String clientId) {
    store.put(CLIENTS, clientId, true);
    store.removeAll(FLOWS, clientId + "/");
  }

  /** Hides a notebook with its tables. */
  void hideNotebook(String notebookId) {
    store.put(NOTEBOOKS, notebookId, true);
  }

  /** Has a flow be seen again, be it of a client that stays hidden. */
  void show(String clientId, String flowId) {
    if (hides(clientId)) {
      store.put(FLOWS, key(clientId, flowId), false);
    } else {
      store.remove(FLOWS, key(clientId, flowId));
    }
  }

  /** Whether a client is hidden. */
  public boolean hides(String clientId) {
    return store.size(CLIENTS) > 0 && store.get(CLIENTS, clientId) != null;
  }

  private boolean hides(String clientId, String flowId) {
    return store.size(FLOWS) > 0
            && store.get(FLOWS, key(clientId, flowId)) instanceof Boolean hidden
        ? hidden
        : hides(clientId);
  }

  @Override
  public Dict flow(String clientId, String flowId) {
    return hides(clientId, flowId) ? null : all.flow(clientId, flowId);
  }

  @Override
  public boolean flows(String clientId, Predicate<Dict> visitor) {
    return all.flows(
        clientId, flow -> hides(clientId, (String) flow.get("session_id")) || visitor.test(flow));
  }

  @Override
  public boolean results(String clientId, String flowId, String artifact, Sink out) {
    return !hides(clientId, flowId) && all.results(clientId, flowId, artifact, out);
  }

  @Override
  public String kind(String name) {
    return all.kind(name);
  }

  @Override
  public void logs(String clientId, String flowId, Sink out) {
    if (!hides(clientId, flowId)) {
      all.logs(clientId, flowId, out);
    }
  }

  @Override
  public void uploads(String clientId, String flowId, Sink out) {
    if (!hides(clientId, flowId)) {
      all.uploads(clientId, flowId, out);
    }
  }

  @Override
  public void uploadTransactions(String clientId, String flowId, Sink out) {
    if (!hides(clientId, flowId)) {
      all.uploadTransactions(clientId, flowId, out);
    }
  }

  @Override
  public void events(String clientId, String artifact, Instant from, Instant to, Sink out) {
    if (!hides(clientId)) {
      all.events(clientId, artifact, from, to, out);
    }
  }

  @Override
  public void queues(BiConsumer<String, String> out) {
    all.queues(seen(out));
  }

  private BiConsumer<String, String> seen(BiConsumer<String, String> out) {
    return (clientId, queue) -> {
      if (!hides(clientId)) {
        out.accept(clientId, queue);
      }
    };
  }

  @Override
  public void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {
    if (!hides(clientId)) {
      all.eventLogs(clientId, artifact, from, to, out);
    }
  }

  @Override
  public void logQueues(BiConsumer<String, String> out) {
    all.logQueues(seen(out));
  }

  @Override
  public Path file(List<String> path) {
    return hides(path) ? null : all.file(path);
  }

  @Override
  public Map<String, Path> files(List<String> path) {
    if (hides(path)) {
      return Map.of();
    }
    Map<String, Path> files = new TreeMap<>();
    all.files(path)
        .forEach(
            (name, file) -> {
              if (!hides(child(path, name))) {
                files.put(name, file);
              }
            });
    return files;
  }

  @Override
  public Held held(List<String> path) {
    Held held = hides(path) ? null : all.held(path);
    return held == null || !held.entry().folder() ? held : new Shown(path, held);
  }

  /** A folder without what is hidden. */
  private final class Shown implements Held {
    private final List<String> path;
    private final Held folder;

    Shown(List<String> path, Held folder) {
      this.path = path;
      this.folder = folder;
    }

    @Override
    public FileStore.Entry entry() {
      return folder.entry();
    }

    @Override
    public List<FileStore.Entry> list() {
      return folder.list().stream().filter(entry -> !hides(child(path, entry.name()))).toList();
    }

    @Override
    public InputStream open() throws IOException {
      return folder.open();
    }
  }

  private static List<String> child(List<String> path, String name) {
    List<String> child = new ArrayList<>(path);
    child.add(name);
    return child;
  }

  /** Whether a path of the file store belongs to something hidden. */
  private boolean hides(List<String> path) {
    if (path.size() < 2 || !path.get(0).matches("clients|downloads")) {
      return false;
    }
    String clientId = ENDING.matcher(path.get(1)).replaceFirst("");
    int flow = path.get(0).equals("downloads") ? 2 : flowAt(path);
    return flow > 0 && flow < path.size()
        ? hides(clientId, ENDING.matcher(path.get(flow)).replaceFirst(""))
        : hides(clientId);
  }

  /** Where the name of the flow is in a path below a client; 0 where none can be. */
  private static int flowAt(List<String> path) {
    String folder = path.size() > 2 ? path.get(2) : "";
    return folder.equals("collections") ? 3 : folder.equals("artifacts") ? 4 : 0;
  }

  @Override
  public void notebooks(Consumer<String> out) {
    all.notebooks(
        notebookId -> {
          if (!hidesNotebook(notebookId)) {
            out.accept(notebookId);
          }
        });
  }

  @Override
  public void tables(String notebookId, BiConsumer<String, Long> out) {
    if (!hidesNotebook(notebookId)) {
      all.tables(notebookId, out);
    }
  }

  @Override
  public Dict notebook(String notebookId) {
    return hidesNotebook(notebookId) ? null : all.notebook(notebookId);
  }

  @Override
  public boolean notebook(String notebookId, String cellId, long table, Sink out) {
    return !hidesNotebook(notebookId) && all.notebook(notebookId, cellId, table, out);
  }

  private boolean hidesNotebook(String notebookId) {
    if (store.size(NOTEBOOKS) > 0 && store.get(NOTEBOOKS, notebookId) != null) {
      return true;
    }
    int client = notebookId.lastIndexOf('-') + 1;
    String clientId = notebookId.substring(client);
    if (client > 0 && notebookId.startsWith("N.F.")) {
      return hides(clientId, notebookId.substring("N.".length(), client - 1));
    }
    return client > 0 && notebookId.startsWith("N.E.") && hides(clientId);
  }
}
