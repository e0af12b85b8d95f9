package org.minivql.fleet.datastore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Dict;

/** The hunts of a datastore and who took part in them. */
final class DatastoreHunts {
  private static final Pattern MEMBERS = Pattern.compile("H\\..+(?<!_errors)\\.json");
  private static final String NO_RECORD = ": there is no record of this hunt";

  private final Path folder;
  private final Path index;
  private final DatastoreRecords records;
  private final LongNames names;
  private final JsonLines json;
  private final Damage damage;

  DatastoreHunts(
      Path root, DatastoreRecords records, LongNames names, JsonLines json, Damage damage) {
    this.folder = root.resolve("hunts");
    this.index = root.resolve("hunt_index");
    this.records = records;
    this.names = names;
    this.json = json;
    this.damage = damage;
  }

  /** Visits the hunts; one without a record is noted. */
  void each(Consumer<Dict> out) {
    Set<String> ids = new LinkedHashSet<>();
    for (Path file : damage.list(folder, name -> name.endsWith(".db"))) {
      ids.add(DatastoreRecords.name(file));
    }
    for (String id : ids) {
      Dict hunt = records.read(folder, id, ProtoRecords.HUNT);
      if (hunt != null && hunt.has("hunt_id")) {
        Path members = folder.resolve(id + ".json");
        out.accept(
            damage.isFile(members)
                ? hunt.with("members", members(members))
                : hunt.with("participants", indexed(id)));
      } else if (hunt != null) {
        String lack = hunt.size() == 0 ? ": is empty" : ": has no id";
        damage.note(records.file(folder, id) + lack + ", so there is no record of this hunt");
      }
    }
    unrecorded(ids);
  }

  private void unrecorded(Set<String> recorded) {
    Set<String> known = new HashSet<>();
    recorded.forEach(id -> known.add(indexName(id)));
    for (Path members : damage.list(folder, name -> MEMBERS.matcher(name).matches())) {
      String file = members.getFileName().toString();
      String id = file.substring(0, file.length() - ".json".length());
      if (known.add(indexName(id))) {
        damage.note(members + NO_RECORD);
      }
    }
    for (Path clients : damage.folders(index)) {
      if (known.add(clients.getFileName().toString())) {
        damage.note(clients + NO_RECORD);
      }
    }
  }

  private static String indexName(String huntId) {
    return PathNames.encode(huntId.toLowerCase(Locale.ROOT));
  }

  /** Who ran a hunt, as its index has it, which does not know their flows. */
  private List<Object> indexed(String huntId) {
    List<Object> clients = new ArrayList<>();
    for (Path file : damage.list(index.resolve(indexName(huntId)), name -> name.endsWith(".db"))) {
      clients.add(names.of(DatastoreRecords.name(file)));
    }
    return clients;
  }

  private List<Object> members(Path file) {
    List<Object> members = new ArrayList<>();
    damage.guarded(file, () -> json.read(file, (row, line) -> members.add(row)));
    return members;
  }
}
