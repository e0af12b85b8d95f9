package org.minivql.fleet.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.PathNames;

/** The uploads in a fleet directory, found where the file store of a server has them. */
public final class UploadDirectory {
  private static final int CLIENT = 1;
  private static final int COLLECTIONS = 2;
  private static final int FLOW = 3;
  private static final int UPLOADS = 4;

  private final Path flows;

  UploadDirectory(Path flows) {
    this.flows = flows;
  }

  /** The path in the file store of the uploads of a flow. */
  public static List<String> place(String clientId, String flowId) {
    return List.of("clients", clientId, "collections", flowId, "uploads");
  }

  /** The file or folder at a path of the file store; null where no upload can be. */
  Path file(List<String> path) {
    if (path.isEmpty() || !leadsToUploads(path)) {
      return null;
    }
    Path at = flows;
    for (int i = CLIENT; i < path.size(); i++) {
      at = i == COLLECTIONS ? at : at.resolve(PathNames.encode(path.get(i)));
    }
    return at;
  }

  private static boolean leadsToUploads(List<String> path) {
    List<String> place =
        place(
            path.size() > CLIENT ? path.get(CLIENT) : "", path.size() > FLOW ? path.get(FLOW) : "");
    int shared = Math.min(path.size(), place.size());
    return path.subList(0, shared).equals(place.subList(0, shared));
  }

  /** What is directly at a path of the file store, by name. */
  Map<String, Path> files(List<String> path) {
    Map<String, Path> files = new TreeMap<>();
    Path folder = path.isEmpty() ? flows : file(path);
    if (folder == null || !Files.isDirectory(folder)) {
      return files;
    }
    switch (path.size()) {
      case 0 -> files.put("clients", folder);
      case COLLECTIONS -> files.put("collections", folder);
      case UPLOADS ->
          Folders.list(folder, "uploads"::equals).forEach(at -> files.put("uploads", at));
      default ->
          Folders.list(
                  folder, name -> path.size() > UPLOADS || Files.isDirectory(folder.resolve(name)))
              .forEach(at -> files.put(PathNames.decode(at.getFileName().toString()), at));
    }
    return files;
  }
}
