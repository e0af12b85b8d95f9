package org.minivql.fleet.archive;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.fleet.directory.UploadDirectory;
import org.minivql.fleet.layout.Damage;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Recorded flows and, over them, those of archives that were imported since. */
public final class Overlay implements Recorded, AutoCloseable {
  private final Recorded base;
  private final Damage damage = new Damage();
  private final Map<String, CollectorArchive> archives = new ConcurrentHashMap<>();
  private final ArchiveFiles files = new ArchiveFiles();

  public Overlay(Recorded base) {
    this.base = base;
  }

  /** What could not be read of the archives. */
  public Damage damage() {
    return damage;
  }

  public void add(String clientId, String flowId, CollectorArchive archive) {
    archives.put(clientId + "/" + flowId, archive);
    files.add(UploadDirectory.place(clientId, flowId), archive);
  }

  private CollectorArchive archive(String clientId, String flowId) {
    return archives.get(clientId + "/" + flowId);
  }

  @Override
  public Dict flow(String clientId, String flowId) {
    CollectorArchive archive = archive(clientId, flowId);
    return archive == null
        ? base.flow(clientId, flowId)
        : archive.flow().toBuilder()
            .replace("client_id", clientId)
            .replace("session_id", flowId)
            .build();
  }

  @Override
  public boolean flows(String clientId, Predicate<Dict> visitor) {
    Predicate<Dict> others =
        flow -> archive(clientId, (String) flow.get("session_id")) != null || visitor.test(flow);
    if (!base.flows(clientId, others)) {
      return false;
    }
    String prefix = clientId + "/";
    for (String key : archives.keySet().stream().sorted().toList()) {
      if (key.startsWith(prefix) && !visitor.test(flow(clientId, key.substring(prefix.length())))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean results(String clientId, String flowId, String artifact, Sink out) {
    CollectorArchive archive = archive(clientId, flowId);
    return archive == null
        ? base.results(clientId, flowId, artifact, out)
        : archive.rows(artifact, out);
  }

  @Override
  public void resultNames(String clientId, String flowId, Consumer<String> out) {
    CollectorArchive archive = archive(clientId, flowId);
    if (archive == null) {
      base.resultNames(clientId, flowId, out);
    } else {
      archive.resultNames().forEach(out);
    }
  }

  @Override
  public String kind(String name) {
    return base.kind(name);
  }

  @Override
  public void logs(String clientId, String flowId, Sink out) {
    CollectorArchive archive = archive(clientId, flowId);
    if (archive == null) {
      base.logs(clientId, flowId, out);
    } else {
      archive.logs(out);
    }
  }

  @Override
  public void uploads(String clientId, String flowId, Sink out) {
    CollectorArchive archive = archive(clientId, flowId);
    if (archive == null) {
      base.uploads(clientId, flowId, out);
    } else {
      archive.uploads(clientId, flowId, out);
    }
  }

  @Override
  public void uploadTransactions(String clientId, String flowId, Sink out) {
    if (archive(clientId, flowId) == null) {
      base.uploadTransactions(clientId, flowId, out);
    }
  }

  @Override
  public void events(String clientId, String artifact, Instant from, Instant to, Sink out) {
    base.events(clientId, artifact, from, to, out);
  }

  @Override
  public void queues(BiConsumer<String, String> out) {
    base.queues(out);
  }

  @Override
  public void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {
    base.eventLogs(clientId, artifact, from, to, out);
  }

  @Override
  public void logQueues(BiConsumer<String, String> out) {
    base.logQueues(out);
  }

  @Override
  public Path file(List<String> path) {
    return base.file(path);
  }

  @Override
  public Map<String, Path> files(List<String> path) {
    return base.files(path);
  }

  @Override
  public Held held(List<String> path) {
    return ArchiveFiles.both(base.held(path), files.at(path));
  }

  @Override
  public void notebooks(Consumer<String> out) {
    base.notebooks(out);
  }

  @Override
  public void tables(String notebookId, BiConsumer<String, Long> out) {
    base.tables(notebookId, out);
  }

  @Override
  public Dict notebook(String notebookId) {
    return base.notebook(notebookId);
  }

  @Override
  public boolean notebook(String notebookId, String cellId, long table, Sink out) {
    return base.notebook(notebookId, cellId, table, out);
  }

  @Override
  public void close() {
    archives.values().forEach(CollectorArchive::close);
  }
}
