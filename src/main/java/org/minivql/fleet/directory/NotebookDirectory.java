package org.minivql.fleet.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Dict;

/** The notebooks of a fleet directory: a folder for each, in it one for each cell. */
public final class NotebookDirectory {
  private static final Pattern TABLE = Pattern.compile("query_(\\d{1,9})\\.jsonl");
  private static final int FOLDER = 2;

  private final Path root;
  private final JsonLines json;

  NotebookDirectory(Path root, JsonLines json) {
    this.root = root;
    this.json = json;
  }

  /** The path in the file store of what is kept with a notebook. */
  public static List<String> attached(String notebookId) {
    return List.of("notebooks", notebookId, "attach");
  }

  /** Where the rows of a table are, as a path in the fleet. */
  public static String table(String notebookId, String cellId, long table) {
    return PathNames.encode(notebookId)
        + "/"
        + PathNames.encode(cellId)
        + "/query_"
        + table
        + ".jsonl";
  }

  Dict notebook(String notebookId) {
    Path file = root.resolve(PathNames.encode(notebookId)).resolve("notebook.json");
    return Files.isRegularFile(file) ? json.file(file) : null;
  }

  Path rows(String notebookId, String cellId, long table) {
    return root.resolve(table(notebookId, cellId, table));
  }

  void ids(Consumer<String> out) {
    Folders.folders(root)
        .forEach(folder -> out.accept(PathNames.decode(folder.getFileName().toString())));
  }

  void tables(String notebookId, BiConsumer<String, Long> out) {
    for (Path cell : Folders.folders(root.resolve(PathNames.encode(notebookId)))) {
      for (Path file : Folders.list(cell, name -> name.endsWith(".jsonl"))) {
        Matcher table = TABLE.matcher(file.getFileName().toString());
        if (table.matches()) {
          out.accept(PathNames.decode(cell.getFileName().toString()), Long.valueOf(table.group(1)));
        }
      }
    }
  }

  /** The file or folder of what is kept with a notebook; null for other paths. */
  Path file(List<String> path) {
    boolean kept =
        path.size() > FOLDER && path.subList(0, FOLDER + 1).equals(attached(path.get(1)));
    Path at = kept ? root : null;
    for (int i = 1; kept && i < path.size(); i++) {
      at = at.resolve(PathNames.encode(path.get(i)));
    }
    return at;
  }

  /** What is kept with a notebook, by name. */
  Map<String, Path> files(List<String> path) {
    Map<String, Path> files = new TreeMap<>();
    Folders.list(file(path), name -> true)
        .forEach(at -> files.put(PathNames.decode(at.getFileName().toString()), at));
    return files;
  }
}
