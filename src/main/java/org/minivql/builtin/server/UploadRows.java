package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.registry.ServerModel;
import org.minivql.spi.FileStore;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Rows about uploads as {@code uploads()} shows them. */
final class UploadRows {
  private static final int ROOT = 5;

  private UploadRows() {}

  /** The files that are kept with a notebook. */
  static void notebook(ServerModel server, String notebookId, Sink out) {
    List<String> folder = NotebookCalls.attached(notebookId);
    for (FileStore.Entry file : server.files().list(folder)) {
      List<Object> path = new ArrayList<>(folder);
      path.add(file.name());
      Dict stored =
          Dict.builder()
              .set("Timestamp", file.modified().getEpochSecond())
              .set("started", file.modified().toString())
              .set("vfs_path", file.name())
              .set("_Components", path)
              .set("file_size", file.size())
              .set("uploaded_size", file.size())
              .build();
      if (!out.row(shown(stored))) {
        return;
      }
    }
  }

  /**
   * A stored record with {@code vfs_path}, the path in the file store, {@code client_path}, the
   * path on the client, and {@code Upload}, what {@code upload()} answered.
   */
  static Dict shown(Dict stored) {
    String text = stored.get("vfs_path") instanceof String path ? path : "";
    OSPath place;
    String original;
    if (stored.get("_Components") instanceof List<?> list && !list.isEmpty()) {
      List<String> components = list.stream().map(String::valueOf).toList();
      place = OSPath.of(PathStyle.FILESTORE, components);
      original = text;
    } else {
      // Very old records have the path in the file store and nothing else.
      place = OSPath.parse(PathStyle.FILESTORE, text);
      List<String> components = place.components();
      original =
          components.size() > ROOT + 1
              ? String.join("/", components.subList(ROOT + 1, components.size()))
              : text;
    }
    Object size = stored.get("file_size");
    Object kept = stored.get("uploaded_size");
    Dict.Builder upload = Dict.builder().set("Path", original);
    upload.set("Size", size == null ? stored.get("expected_size") : size);
    upload.set("StoredSize", kept == null ? stored.get("expected_size") : kept);
    upload.set("Components", new ArrayList<Object>(place.components()));
    upload.set("Accessor", "fs");
    return stored.toBuilder()
        .replace("vfs_path", place)
        .set("client_path", original)
        .set("Upload", upload.build())
        .build();
  }
}
