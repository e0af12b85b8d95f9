package org.minivql.fleet.datastore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;
import org.minivql.value.Dict;

/** Reads single records of a datastore: as JSON or, older ones, in their binary form. */
final class DatastoreRecords {
  private final JsonLines json;
  private final Damage damage;

  DatastoreRecords(JsonLines json, Damage damage) {
    this.json = json;
    this.damage = damage;
  }

  /** The name of a record or of the folder beside it. */
  static String name(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".json.db")) {
      return name.substring(0, name.length() - ".json.db".length());
    }
    return name.endsWith(".db") ? name.substring(0, name.length() - ".db".length()) : name;
  }

  /** The record {@code <name>.json.db} or {@code <name>.db}; null where there is none. */
  Dict read(Path folder, String name, Proto proto) {
    Path text = folder.resolve(name + ".json.db");
    if (damage.isFile(text)) {
      return damage.guarded(text, () -> proto.json(json.file(text)));
    }
    Path binary = folder.resolve(name + ".db");
    return damage.isFile(binary) ? damage.guarded(binary, () -> binary(binary, proto)) : null;
  }

  /** The file that a record is read from; the one it would be in where there is none. */
  Path file(Path folder, String name) {
    Path text = folder.resolve(name + ".json.db");
    return Files.isRegularFile(text) ? text : folder.resolve(name + ".db");
  }

  /** Whether there is a record, be it damaged. */
  boolean has(Path folder, String name) {
    return Files.exists(folder.resolve(name + ".json.db"), LinkOption.NOFOLLOW_LINKS)
        || Files.exists(folder.resolve(name + ".db"), LinkOption.NOFOLLOW_LINKS);
  }

  // Very old files have JSON under the name of the binary form.
  private Dict binary(Path file, Proto proto) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return bytes.length > 0 && bytes[0] == '{'
          ? proto.json(json.file(file))
          : proto.binary(bytes);
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
  }

  /** One record over another: the second one's members win. */
  static Dict over(Dict under, Dict over) {
    if (under == null || over == null) {
      return under == null ? over : under;
    }
    Dict.Builder out = under.toBuilder();
    over.forEach(out::replace);
    return out.build();
  }
}
