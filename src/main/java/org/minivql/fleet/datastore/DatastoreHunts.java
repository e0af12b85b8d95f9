package org.minivql.fleet.datastore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/**
 * The hunts of a datastore and who took part in them. A hunt whose own record is lost is known by
 * its line in the index of all hunts.
 */
final class DatastoreHunts {
  private static final Pattern MEMBERS = Pattern.compile("H\\..+(?<!_errors)\\.json");
  private static final String NO_RECORD = ": there is no record of this hunt";
  private static final String CLIENT = "ClientId";
  private static final String FLOW = "FlowId";

  private final Path folder;
  private final Path index;
  private final Path ran;
  private final DatastoreRecords records;
  private final StoredRows rows;
  private final LongNames names;
  private final JsonLines json;
  private final Damage damage;

  DatastoreHunts(
      Path root,
      DatastoreRecords records,
      StoredRows rows,
      LongNames names,
      JsonLines json,
      Damage damage) {
    this.folder = root.resolve("hunts");
    this.index = folder.resolve("index.json");
    this.ran = root.resolve("hunt_index");
    this.records = records;
    this.rows = rows;
    this.names = names;
    this.json = json;
    this.damage = damage;
  }

  /** Visits the hunts; one without a record is noted. */
  void each(Consumer<Dict> out) {
    Map<String, Dict> listed = listed();
    Set<String> ids = new LinkedHashSet<>();
    for (Path file : damage.list(folder, name -> name.endsWith(".db"))) {
      ids.add(names.of(DatastoreRecords.name(file)));
    }
    ids.addAll(listed.keySet());
    for (String id : ids) {
      Dict hunt = hunt(id, listed.get(id));
      if (hunt != null) {
        out.accept(joined(hunt, PathNames.encode(id), id));
      }
    }
    unrecorded(ids);
  }

  /** The lines of the index by the ids of their hunts. */
  private Map<String, Dict> listed() {
    Map<String, Dict> listed = new LinkedHashMap<>();
    rows.each(
        index,
        row -> {
          if (row instanceof Dict line && line.get("HuntId") instanceof String id) {
            listed.put(id, line);
          }
          return true;
        });
    return listed;
  }

  private Dict hunt(String id, Dict line) {
    String name = PathNames.encode(id);
    Dict hunt = records.read(folder, name, ProtoRecords.HUNT);
    if (hunt != null && hunt.has("hunt_id")) {
      return hunt;
    }
    boolean there = records.has(folder, name);
    if (hunt != null || !there) {
      String lack = hunt == null ? ": is not there" : ": has no id";
      damage.note(
          records.file(folder, name)
              + (hunt != null && hunt.size() == 0 ? ": is empty" : lack)
              + (line == null
                  ? ", so there is no record of this hunt"
                  : ", so what is known of this hunt is from " + index));
    }
    return line == null ? null : fromIndex(id, line);
  }

  private Dict fromIndex(String id, Dict line) {
    Dict columns =
        Dict.of(
            "hunt_description",
            line.get("Description"),
            "tags",
            line.get("Tags"),
            "create_time",
            line.get("Created"),
            "start_time",
            line.get("Started"),
            "expires",
            line.get("Expires"),
            "creator",
            line.get("Creator"));
    Dict whole =
        line.get("Hunt") instanceof String text ? damage.guarded(index, () -> whole(text)) : null;
    return DatastoreRecords.over(ProtoRecords.HUNT.json(columns), whole).toBuilder()
        .replace("hunt_id", id)
        .build();
  }

  private Dict whole(String text) {
    String hunt = Bytes.decode(Base64.getDecoder().decode(text));
    return ProtoRecords.hunt(json.object(hunt, index.toString(), 0));
  }

  /**
   * A hunt with those who took part: as it has them itself or, where that is lost, as other files
   * name them, of which the one of all hunts does not know the flows.
   */
  private Dict joined(Dict hunt, String name, String id) {
    Path own = folder.resolve(name + ".json");
    List<Object> members = new ArrayList<>();
    if (damage.isFile(own)) {
      members(own, members::add);
      return hunt.with("members", members);
    }
    Set<Object> clients = new LinkedHashSet<>();
    Consumer<Dict> add =
        row -> {
          if (clients.add(row.get(CLIENT))) {
            members.add(Dict.of("HuntId", id, CLIENT, row.get(CLIENT), FLOW, row.get(FLOW)));
          }
        };
    members(folder.resolve(name).resolve("enriched.json"), add);
    members(folder.resolve(name + "_errors.json"), add);
    List<Object> others = new ArrayList<>(ran(id));
    others.removeAll(clients);
    Dict with = members.isEmpty() ? hunt : hunt.with("members", members);
    return with.with("participants", others);
  }

  private void members(Path file, Consumer<Dict> out) {
    rows.each(
        file,
        row -> {
          Dict member = (Dict) row;
          if (member.get(CLIENT) instanceof String && member.get(FLOW) instanceof String) {
            out.accept(member);
          } else {
            damage.note(file + ": a line without " + CLIENT + " or " + FLOW);
          }
          return true;
        });
  }

  private void unrecorded(Set<String> recorded) {
    Set<String> known = new HashSet<>();
    recorded.forEach(id -> known.add(indexName(id)));
    for (Path members : damage.list(folder, name -> MEMBERS.matcher(name).matches())) {
      String file = members.getFileName().toString();
      String id = names.of(file.substring(0, file.length() - ".json".length()));
      if (known.add(indexName(id))) {
        damage.note(members + NO_RECORD);
      }
    }
    for (Path clients : damage.folders(ran)) {
      if (known.add(clients.getFileName().toString())) {
        damage.note(clients + NO_RECORD);
      }
    }
  }

  private static String indexName(String huntId) {
    return PathNames.encode(huntId.toLowerCase(Locale.ROOT));
  }

  /** Who ran a hunt, as the index of clients has it, which does not know their flows. */
  private List<Object> ran(String huntId) {
    List<Object> clients = new ArrayList<>();
    for (Path file : damage.list(ran.resolve(indexName(huntId)), name -> name.endsWith(".db"))) {
      clients.add(names.of(DatastoreRecords.name(file)));
    }
    return clients;
  }
}
