package org.minivql.builtin.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** What the directories of an executable hold. Damaged tables end where they stop making sense. */
final class PeTables {
  private static final int EXPORTS = 0;
  private static final int IMPORTS = 1;
  private static final int RESOURCES = 2;
  private static final int DEBUG = 6;
  private static final int MOST = 20_000;
  private static final long CODE_VIEW = 2;
  private static final long RSDS = 0x53445352;
  private static final int VERSION = 16;
  private static final List<String> DIRECTORIES =
      List.of(
          "Export_Directory",
          "Import_Directory",
          "Resource_Directory",
          "Exception_Directory",
          "Security_Directory",
          "Base_Relocation_Directory",
          "Debug_Directory",
          "Architecture_Directory",
          "Global_Ptr_Directory",
          "TLS_Directory",
          "Load_Config_Directory",
          "Bound_Import_Directory",
          "IAT_Directory",
          "Delay_Import_Directory",
          "DotNet_Directory");
  private static final Map<Long, String> TYPES =
      Map.ofEntries(
          Map.entry(1L, "RT_CURSOR"),
          Map.entry(2L, "RT_BITMAP"),
          Map.entry(3L, "RT_ICON"),
          Map.entry(4L, "RT_MENU"),
          Map.entry(5L, "RT_DIALOG"),
          Map.entry(6L, "RT_STRING"),
          Map.entry(7L, "RT_FONTDIR"),
          Map.entry(8L, "RT_FONT"),
          Map.entry(9L, "RT_ACCELERATOR"),
          Map.entry(10L, "RT_RCDATA"),
          Map.entry(11L, "RT_MESSAGETABLE"),
          Map.entry(12L, "RT_GROUP_CURSOR"),
          Map.entry(14L, "RT_GROUP_ICON"),
          Map.entry(16L, "RT_VERSION"),
          Map.entry(17L, "RT_DLGINCLUDE"),
          Map.entry(19L, "RT_PLUGPLAY"),
          Map.entry(20L, "RT_VXD"),
          Map.entry(21L, "RT_ANICURSOR"),
          Map.entry(22L, "RT_ANIICON"),
          Map.entry(23L, "RT_HTML"),
          Map.entry(24L, "RT_MANIFEST"));

  private final PeFile file;

  PeTables(PeFile file) {
    this.file = file;
  }

  Dict directories() {
    Map<String, Object> found = new TreeMap<>();
    for (int i = 0; i < DIRECTORIES.size(); i++) {
      PeFile.Directory directory = file.directory(i);
      if (directory.address() != 0) {
        found.put(
            DIRECTORIES.get(i),
            Dict.of(
                "Timestamp",
                Timestamp.ofEpochSecond(0),
                "TimestampRaw",
                0L,
                "Size",
                directory.size(),
                "FileAddress",
                directory.address(),
                "SectionName",
                ""));
      }
    }
    return Dict.of(found);
  }

  List<Object> sections() {
    List<Object> rows = new ArrayList<>();
    for (PeFile.Section section : file.sections()) {
      long flags = section.flags();
      String perm =
          ((flags & 0x20000000L) != 0 ? "x" : "-")
              + ((flags & 0x40000000L) != 0 ? "r" : "-")
              + ((flags & 0x80000000L) != 0 ? "w" : "-");
      rows.add(
          Dict.of(
              "Perm",
              perm,
              "Name",
              section.name(),
              "FileOffset",
              section.offset(),
              "VMA",
              file.imageBase() + section.address(),
              "RVA",
              section.address(),
              "Size",
              section.size()));
    }
    return rows;
  }

  /** The place of the record that names the file with symbols, or 0. */
  private long symbols() {
    PeFile.Directory debug = file.directory(DEBUG);
    long at = file.offset(debug.address());
    for (long i = 0; i < Math.min(debug.size() / 28, 64); i++, at += 28) {
      long record = file.number(at + 24, 4);
      if (file.number(at + 12, 4) == CODE_VIEW && file.number(record, 4) == RSDS) {
        return record;
      }
    }
    return 0;
  }

  String guidAge() {
    long at = symbols();
    if (at == 0) {
      return "";
    }
    StringBuilder out =
        new StringBuilder(
            String.format(
                "%08X%04X%04X",
                file.number(at + 4, 4), file.number(at + 8, 2), file.number(at + 10, 2)));
    for (byte b : file.bytes(at + 12, 8)) {
      out.append(String.format("%02X", b));
    }
    return out.append(String.format("%X", file.number(at + 20, 4))).toString();
  }

  String pdb() {
    long at = symbols();
    return at == 0 ? "" : file.text(at + 24);
  }

  /** One imported function. */
  record Import(String library, String function, long ordinal) {
    String text() {
      return library + "!" + function;
    }

    /** As the hash of imports knows it. */
    String hashed() {
      String name = library.toLowerCase(Locale.ROOT).replaceFirst("\\.(dll|ocx|sys)$", "");
      String called = ordinal >= 0 ? "ord" + ordinal : function.toLowerCase(Locale.ROOT);
      return name + "." + called;
    }
  }

  List<Import> imports() {
    List<Import> imports = new ArrayList<>();
    PeFile.Directory directory = file.directory(IMPORTS);
    if (directory.address() == 0) {
      return imports;
    }
    long at = file.offset(directory.address());
    for (int i = 0; i < 1000 && imports.size() < MOST; i++, at += 20) {
      long names = file.number(at, 4);
      long library = file.number(at + 12, 4);
      long table = names == 0 ? file.number(at + 16, 4) : names;
      if (library == 0 || table == 0) {
        break;
      }
      functions(file.text(file.offset(library)), file.offset(table), imports);
    }
    return imports;
  }

  private void functions(String library, long table, List<Import> imports) {
    int width = file.wide() ? 8 : 4;
    long flag = file.wide() ? Long.MIN_VALUE : 0x80000000L;
    for (long at = table; imports.size() < MOST; at += width) {
      long entry = file.number(at, width);
      if (entry == 0 || at - table > MOST * 8L) {
        return;
      }
      if ((entry & flag) != 0) {
        long ordinal = entry & 0xffff;
        imports.add(new Import(library, String.format("0x%x", ordinal), ordinal));
      } else {
        imports.add(new Import(library, file.text(file.offset(entry) + 2), -1));
      }
    }
  }

  /** One exported function; the forwarder is empty where it is in this file. */
  record Export(long ordinal, String name, long address, String forwarder, String library) {
    Dict row() {
      return Dict.of(
          "Ordinal",
          ordinal,
          "Name",
          name,
          "RVA",
          address,
          "Forwarder",
          forwarder,
          "DLLName",
          library);
    }
  }

  List<Export> exports() {
    List<Export> exports = new ArrayList<>();
    PeFile.Directory directory = file.directory(EXPORTS);
    if (directory.address() == 0) {
      return exports;
    }
    long at = file.offset(directory.address());
    String library = file.text(file.offset(file.number(at + 12, 4)));
    long first = file.number(at + 16, 4);
    long functions = file.offset(file.number(at + 28, 4));
    long names = file.offset(file.number(at + 32, 4));
    long ordinals = file.offset(file.number(at + 36, 4));
    long count = Math.min(MOST, file.number(at + 24, 4));
    for (long i = 0; i < count; i++) {
      String name = file.text(file.offset(file.number(names + i * 4, 4)));
      long index = file.number(ordinals + i * 2, 2);
      long address = file.number(functions + index * 4, 4);
      boolean forwarded =
          address >= directory.address() && address < directory.address() + directory.size();
      exports.add(
          forwarded
              ? new Export(first + index, name, 0, file.text(file.offset(address)), library)
              : new Export(first + index, name, address, "", library));
    }
    return exports;
  }

  /** One resource: its type and where its data are. */
  private record Resource(String type, long typeId, long offset, long size, long codePage) {}

  List<Object> resources() {
    List<Object> rows = new ArrayList<>();
    for (Resource resource : found()) {
      rows.add(
          Dict.of(
              "Type",
              resource.type,
              "TypeId",
              resource.typeId,
              "FileOffset",
              resource.offset,
              "DataSize",
              resource.size,
              "CodePage",
              resource.codePage));
    }
    return rows;
  }

  Dict versionInformation() {
    for (Resource resource : found()) {
      if (resource.typeId == VERSION) {
        return new PeVersion(file, resource.offset, resource.size).strings();
      }
    }
    return Dict.EMPTY;
  }

  private List<Resource> found() {
    List<Resource> found = new ArrayList<>();
    PeFile.Directory directory = file.directory(RESOURCES);
    if (directory.address() != 0) {
      resources(file.offset(directory.address()), 0, 0, "", 0, found);
    }
    return found;
  }

  private void resources(
      long root, long table, int depth, String type, long typeId, List<Resource> found) {
    long at = root + table;
    long count = file.number(at + 12, 2) + file.number(at + 14, 2);
    for (long i = 0; i < count && found.size() < MOST; i++) {
      long name = file.number(at + 16 + i * 8, 4);
      long entry = file.number(at + 20 + i * 8, 4);
      boolean named = (name & 0x80000000L) != 0;
      long id = depth == 0 ? (named ? 0 : name) : typeId;
      String shown = depth == 0 ? type(root, name, named) : type;
      boolean isTable = (entry & 0x80000000L) != 0;
      long place = entry & 0x7fffffffL;
      if (isTable && depth < 2) {
        resources(root, place, depth + 1, shown, id, found);
      } else if (!isTable) {
        found.add(
            new Resource(
                shown,
                id,
                file.offset(file.number(root + place, 4)),
                file.number(root + place + 4, 4),
                file.number(root + place + 8, 4)));
      }
    }
  }

  private String type(long root, long name, boolean named) {
    if (!named) {
      return TYPES.getOrDefault(name, String.format("0x%x", name));
    }
    long at = root + (name & 0x7fffffffL);
    return file.wideText(at + 2, (int) Math.min(256, file.number(at, 2)));
  }
}
