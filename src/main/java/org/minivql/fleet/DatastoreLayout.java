package org.minivql.fleet;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Which files a datastore has. */
final class DatastoreLayout {
  private static final String ROWS = "[^/]+\\.json(\\.(index|tidx|chunk))?";
  private static final String RECORD = "[^/]+\\.db";
  private static final String EVENTS = "[^/]+/([^/]+/)?" + ROWS;

  private static final Pattern KNOWN =
      Pattern.compile(
          String.join(
              "|",
              "client_info/" + ROWS,
              "clients/" + RECORD,
              "clients/[^/]+/" + RECORD,
              "clients/[^/]+/flow_index\\.json(\\.index)?",
              "clients/[^/]+/tasks/" + RECORD,
              "clients/[^/]+/collections/" + RECORD,
              "clients/[^/]+/collections/[^/]+/(" + RECORD + "|" + ROWS + "|logs)",
              "clients/[^/]+/collections/[^/]+/(uploads|notebook)/.*",
              "clients/[^/]+/artifacts/[^/]+/([^/]+/)?(" + ROWS + "|[^/]+\\.csv)",
              "clients/[^/]+/monitoring(_logs)?/" + EVENTS,
              "clients/[^/]+/(monitoring_notebooks|vfs|vfs_files)/.*",
              "server_artifacts/" + EVENTS,
              "server_artifact_logs/" + EVENTS,
              "hunts/(" + RECORD + "|" + ROWS + ")",
              "hunts/[^/]+/(" + RECORD + "|" + ROWS + "|notebook/.*)",
              "hunt_index/[^/]+/" + RECORD,
              "config/" + RECORD,
              "artifact_definitions/.*\\.yaml",
              "(notebooks|downloads|client_idx|lfn_hashes|public|temp|users|acl|secrets|timelines)"
                  + "/.*"));

  private final Path root;

  DatastoreLayout(Path root) {
    this.root = root;
  }

  /** Visits the files that have no place in the layout, and the folders of other orgs. */
  void unknown(Consumer<Path> out) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (root.resolve("orgs").equals(folder.getParent())) {
                out.accept(folder);
                return FileVisitResult.SKIP_SUBTREE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = root.relativize(file).toString().replace('\\', '/');
              // A server escapes leading dots, so these are of other programs.
              boolean foreign = file.getFileName().toString().startsWith(".");
              if (!foreign && !KNOWN.matcher(name).matches()) {
                out.accept(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
              out.accept(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw FleetException.in(root.toString(), JsonLines.reason(e));
    }
  }
}
