package org.minivql.fleet.datastore;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;

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
              "clients/[^/]+/flow_index\\.json(\\.(index|chunk))?",
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

  private static final String OF_CLIENT = "clients/[^/]+/";

  private static final Map<String, Pattern> NOT_IMPORTED = notImported();

  private static final Pattern INDEX = Pattern.compile(".*\\.json\\.(index|tidx|chunk)");

  /** Names that only files have, but for what clients and users name. */
  private static final Pattern FILE = Pattern.compile(".*\\.(db|json|yaml|index|tidx|chunk)");

  private static final Pattern ANY =
      Pattern.compile("(.*/)?(uploads|vfs|vfs_files|attach|client_idx|public|temp|downloads)/.*");

  private final Path root;

  DatastoreLayout(Path root) {
    this.root = root;
  }

  private static Map<String, Pattern> notImported() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put(
        "records, logs and files of notebook cells",
        "(notebooks|hunts/[^/]+/notebook|"
            + OF_CLIENT
            + "(collections/[^/]+/notebook|monitoring_notebooks/[^/]+))/"
            + "(?!N\\.[^/]+\\.db$|N\\.[^/]+/([^/]+/query_\\d+\\.json$|attach/)).*");
    kinds.put("pending tasks of clients", OF_CLIENT + "tasks/.*");
    kinds.put("errors of hunts", "hunts/[^/]+_errors\\.json");
    kinds.put("summaries of the flows of hunts", "hunts/[^/]+/enriched\\.json");
    kinds.put("logs of event tables", OF_CLIENT + "collections/F\\.Monitoring/logs(\\.json)?");
    kinds.put("uploads of event queries", OF_CLIENT + "collections/F\\.Monitoring/uploads/.*");
    kinds.put("listings of folders", OF_CLIENT + "(vfs|vfs_files)/.*");
    kinds.put("downloads", "downloads/.*");
    kinds.put("tools", "public/.*");
    kinds.put("users", "(users|acl)/.*");
    kinds.put("secrets", "secrets/.*");
    kinds.put("timelines", "timelines/.*");
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    kinds.forEach((kind, pattern) -> patterns.put(kind, Pattern.compile(pattern)));
    return patterns;
  }

  /** How many files there are of each kind that a fleet directory has no place for. */
  Map<String, Long> leftOut() {
    Map<String, Long> counts = new LinkedHashMap<>();
    NOT_IMPORTED.keySet().forEach(kind -> counts.put(kind, 0L));
    walk(
        (file, name) ->
            NOT_IMPORTED.forEach(
                (kind, pattern) -> {
                  if (pattern.matcher(name).matches() && !INDEX.matcher(name).matches()) {
                    counts.merge(kind, 1L, Long::sum);
                  }
                }),
        unread -> {});
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** Tells of the files that have no place in the layout, and of the folders of other orgs. */
  void unknown(Consumer<String> out) {
    walk(
        (file, name) -> {
          if (!KNOWN.matcher(name).matches()) {
            out.accept(file + ": is of no known kind");
          }
        },
        path ->
            out.accept(
                isOrg(path)
                    ? path + ": is of another org: read it as a fleet of its own"
                    : path + ": is of no known kind"));
  }

  private boolean isOrg(Path folder) {
    return root.resolve("orgs").equals(folder.getParent());
  }

  /**
   * Visits the files of the server.
   *
   * @param out takes each with its path in the datastore
   * @param unread takes the folders of other orgs, files that cannot be visited, and folders that
   *     are named like files
   */
  private void walk(BiConsumer<Path, String> out, Consumer<Path> unread) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (isOrg(folder)) {
                unread.accept(folder);
                return FileVisitResult.SKIP_SUBTREE;
              }
              String name = root.relativize(folder).toString().replace('\\', '/');
              if (FILE.matcher(name).matches() && !ANY.matcher(name).matches()) {
                unread.accept(folder);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // A server escapes leading dots, so these are of other programs.
              if (!file.getFileName().toString().startsWith(".")) {
                out.accept(file, root.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
              unread.accept(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw FleetException.in(root.toString(), JsonLines.reason(e));
    }
  }
}
