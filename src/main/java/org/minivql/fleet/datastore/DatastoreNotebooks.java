package org.minivql.fleet.datastore;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Dict;

/** The notebooks of a datastore: hunts, flows and event queues keep their own. */
final class DatastoreNotebooks {
  private static final Pattern TABLE = Pattern.compile("query_(\\d{1,9})\\.json");

  private final Path root;
  private final DatastoreRecords records;
  private final LongNames names;
  private final Damage damage;

  DatastoreNotebooks(Path root, DatastoreRecords records, LongNames names, Damage damage) {
    this.root = root;
    this.records = records;
    this.names = names;
    this.damage = damage;
  }

  /** A notebook, or null. */
  Dict notebook(String notebookId) {
    return records.read(folder(notebookId), PathNames.encode(notebookId), ProtoRecords.NOTEBOOK);
  }

  /** Where the rows of a table are. */
  Path table(String notebookId, String cellId, long table) {
    return cells(notebookId).resolve(PathNames.encode(cellId)).resolve("query_" + table + ".json");
  }

  /** Visits the notebooks, also those of which there are just tables. */
  void ids(Consumer<String> out) {
    ids(root.resolve("notebooks"), out);
    for (Path hunt : damage.folders(root.resolve("hunts"))) {
      ids(hunt.resolve("notebook"), out);
    }
    for (Path client : damage.folders(root.resolve("clients"))) {
      for (Path flow : damage.folders(client.resolve("collections"))) {
        ids(flow.resolve("notebook"), out);
      }
      for (Path queue : damage.folders(client.resolve("monitoring_notebooks"))) {
        ids(queue, out);
      }
    }
  }

  private void ids(Path folder, Consumer<String> out) {
    Set<String> ids = new TreeSet<>();
    for (Path entry : damage.list(folder, name -> name.startsWith("N."))) {
      ids.add(names.of(DatastoreRecords.name(entry)));
    }
    ids.forEach(out);
  }

  /** Visits the tables of a notebook: cell and number. */
  void tables(String notebookId, BiConsumer<String, Long> out) {
    for (Path cell : damage.folders(cells(notebookId))) {
      for (Path file : damage.list(cell, name -> name.endsWith(".json"))) {
        Matcher table = TABLE.matcher(file.getFileName().toString());
        if (table.matches()) {
          out.accept(names.of(cell.getFileName().toString()), Long.valueOf(table.group(1)));
        }
      }
    }
  }

  private Path cells(String notebookId) {
    return folder(notebookId).resolve(PathNames.encode(notebookId));
  }

  private Path folder(String notebookId) {
    String id = notebookId.startsWith("N.") ? notebookId.substring(2) : notebookId;
    int client = id.indexOf("-C.");
    if (id.startsWith("H.")) {
      return root.resolve("hunts").resolve(PathNames.encode(id)).resolve("notebook");
    }
    if (client > 0 && (id.startsWith("F.") || id.startsWith("E."))) {
      Path owner = root.resolve("clients").resolve(PathNames.encode(id.substring(client + 1)));
      return id.startsWith("F.")
          ? owner
              .resolve("collections")
              .resolve(PathNames.encode(id.substring(0, client)))
              .resolve("notebook")
          : owner
              .resolve("monitoring_notebooks")
              .resolve(PathNames.encode(id.substring(2, client)));
    }
    return root.resolve("notebooks");
  }
}
