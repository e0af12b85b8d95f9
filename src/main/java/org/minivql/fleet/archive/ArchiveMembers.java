package org.minivql.fleet.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.EditedRows;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * The members of an archive, or those of one of its folders, by their names there. What cannot be
 * read of them is noted.
 */
public final class ArchiveMembers implements AutoCloseable {
  private static final int LARGEST_RECORD = 64 << 20;

  private final Path file;
  private final ZipFile zip;
  private final Damage damage;
  private final EditedRows rows;
  private final String folder;
  private final Map<String, ZipEntry> members = new LinkedHashMap<>();

  private ArchiveMembers(Path file, ZipFile zip, Damage damage, EditedRows rows, String folder) {
    this.file = file;
    this.zip = zip;
    this.damage = damage;
    this.rows = rows;
    this.folder = folder;
  }

  /**
   * Opens an archive.
   *
   * @param damage is told of members that cannot be read; they are left out
   * @param password opens it where it is encrypted; empty for none
   */
  public static ArchiveMembers open(Path file, Damage damage, String password) {
    ZipFile zip = SealedCollection.open(file, password);
    ArchiveMembers all =
        new ArchiveMembers(file, zip, damage, new EditedRows(new JsonLines(damage), damage), "");
    zip.stream().forEach(entry -> all.members.put(entry.getName(), entry));
    return all;
  }

  /** The folders at the top; their members can be read until this is closed. */
  Map<String, ArchiveMembers> folders() {
    Map<String, ArchiveMembers> folders = new LinkedHashMap<>();
    members.forEach(
        (name, entry) -> {
          int slash = name.indexOf('/');
          if (slash > 0 && slash < name.length() - 1) {
            folders
                .computeIfAbsent(
                    name.substring(0, slash),
                    top -> new ArchiveMembers(file, zip, damage, rows, folder + top + "/"))
                .members
                .put(name.substring(slash + 1), entry);
          }
        });
    return folders;
  }

  /** What to call it in messages. */
  String place() {
    return folder.isEmpty() ? file.toString() : place("");
  }

  /** All names, in the order of the archive; those of folders end in a slash. */
  List<String> names() {
    return List.copyOf(members.keySet());
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** The size of a member, or -1 where it is not known. */
  long size(String name) {
    return members.get(name).getSize();
  }

  FileTime modified(String name) {
    return members.get(name).getLastModifiedTime();
  }

  /** Says that something is wrong with a member. */
  void note(String name, String problem) {
    damage.note(place(name) + ": " + problem);
  }

  /** What to call a member in messages. */
  String place(String name) {
    return file + "!" + folder + name;
  }

  InputStream open(String name) throws IOException {
    return zip.getInputStream(members.get(name));
  }

  /** Tells one archive from others by the names and contents of its members. */
  String checksum() {
    CRC32 sum = new CRC32();
    members.forEach(
        (name, entry) -> sum.update((name + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  /** Reads something of a member. */
  interface Reading<T> {
    T read(InputStream in) throws IOException, FormatException;
  }

  /** What reading a member gives; null where there is none or it cannot be read. */
  <T> T read(String name, Reading<T> reading) {
    if (!has(name)) {
      return null;
    }
    return guarded(
        name,
        () -> {
          try (InputStream in = new BufferedInputStream(open(name))) {
            return reading.read(in);
          } catch (FormatException e) {
            throw FleetException.in(place(name), "not JSON: " + e.getMessage());
          } catch (IOException e) {
            throw FleetException.in(place(name), JsonLines.reason(e));
          }
        });
  }

  /** What is made of a member; null where it cannot be used. */
  <T> T guarded(String name, Supplier<T> made) {
    return damage.guarded(place(name), made);
  }

  /** Reads the rows of a member; false where there is none. */
  boolean rows(String name, Sink out) {
    if (has(name)) {
      guarded(name, () -> rows.read(place(name), () -> new BufferedInputStream(open(name)), out));
    }
    return has(name);
  }

  /** The JSON value that a member is; null where there is none. */
  Object value(String name) {
    return read(name, ArchiveMembers::parsed);
  }

  /** The record that a member is; empty where there is none. */
  Dict record(String name) {
    Dict record =
        read(
            name,
            in -> {
              if (parsed(in) instanceof Dict dict) {
                return dict;
              }
              throw FleetException.in(place(name), "not a JSON object");
            });
    return record == null ? Dict.EMPTY : record;
  }

  private static Object parsed(InputStream in) throws IOException, FormatException {
    return Json.parse(Bytes.decode(in.readNBytes(LARGEST_RECORD)));
  }

  /** Closes the archive, for its folders as well. */
  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw FleetException.in(file.toString(), JsonLines.reason(e));
    }
  }
}
