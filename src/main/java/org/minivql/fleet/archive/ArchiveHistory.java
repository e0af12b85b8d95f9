package org.minivql.fleet.archive;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.fleet.directory.UploadDirectory;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** The flows of archives, by {@code client/flow}. */
final class ArchiveHistory implements Recorded {
  private final Map<String, CollectorArchive> archives;
  private ArchiveFiles files;

  ArchiveHistory(Map<String, CollectorArchive> archives) {
    this.archives = archives;
  }

  private CollectorArchive archive(String clientId, String flowId) {
    return archives.get(clientId + "/" + flowId);
  }

  @Override
  public Dict flow(String clientId, String flowId) {
    CollectorArchive archive = archive(clientId, flowId);
    return archive == null
        ? null
        : archive.flow().toBuilder().replace("client_id", clientId).build();
  }

  @Override
  public boolean flows(String clientId, Predicate<Dict> visitor) {
    for (String key : archives.keySet()) {
      if (key.startsWith(clientId + "/")
          && !visitor.test(flow(clientId, key.substring(clientId.length() + 1)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean results(String clientId, String flowId, String artifact, Sink out) {
    CollectorArchive archive = archive(clientId, flowId);
    return archive != null && archive.rows(artifact, out);
  }

  @Override
  public void resultNames(String clientId, String flowId, Consumer<String> out) {
    CollectorArchive archive = archive(clientId, flowId);
    if (archive != null) {
      archive.resultNames().forEach(out);
    }
  }

  @Override
  public void logs(String clientId, String flowId, Sink out) {
    CollectorArchive archive = archive(clientId, flowId);
    if (archive != null) {
      archive.logs(out);
    }
  }

  @Override
  public void uploads(String clientId, String flowId, Sink out) {
    CollectorArchive archive = archive(clientId, flowId);
    if (archive != null) {
      archive.uploads(clientId, flowId, out);
    }
  }

  @Override
  public synchronized Held held(List<String> path) {
    if (files == null) {
      files = new ArchiveFiles();
      archives.forEach(
          (key, archive) -> {
            int slash = key.indexOf('/');
            files.add(
                UploadDirectory.place(key.substring(0, slash), key.substring(slash + 1)), archive);
          });
    }
    return files.at(path);
  }
}
