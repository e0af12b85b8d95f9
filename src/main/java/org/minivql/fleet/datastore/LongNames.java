package org.minivql.fleet.datastore;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.value.Dict;

/**
 * The things that file names of a datastore stand for. Names that are too long for a file are kept
 * beside the data, under the hashes that stand in their places.
 */
final class LongNames {
  private final Path folder;
  private final JsonLines json;
  private final Damage damage;
  private volatile Map<String, String> known;

  LongNames(Path root, JsonLines json, Damage damage) {
    this.folder = root.resolve("lfn_hashes");
    this.json = json;
    this.damage = damage;
  }

  /** The thing that a file name stands for; a hash of a name that was not kept stays what it is. */
  String of(String file) {
    String name = PathNames.decode(file);
    return name.startsWith("#") ? known().getOrDefault(name, name) : name;
  }

  private Map<String, String> known() {
    Map<String, String> names = known;
    if (names == null) {
      names = new HashMap<>();
      for (Path file : damage.files(folder)) {
        Dict record =
            file.toString().endsWith(".db") ? damage.guarded(file, () -> json.file(file)) : null;
        if (record != null && record.get("components") instanceof List<?> parts) {
          for (Object part : parts) {
            names.put(PathNames.encode(String.valueOf(part)), String.valueOf(part));
          }
        }
      }
      known = names;
    }
    return names;
  }
}
