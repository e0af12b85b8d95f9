package org.minivql.accessor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the text of a path is taken apart and put together.
 *
 * @since 0.1.0
 */
public enum PathStyle {
  /** Both slashes separate; components that contain them are quoted. */
  GENERIC,
  /** Only the forward slash separates; nothing is quoted. */
  LINUX,
  /** As generic, with devices and network hosts as one component; printed with backslashes. */
  WINDOWS,
  /** As Windows, with a drive shown as a device. */
  NTFS,
  /** As generic, with the short names of the hives expanded. */
  REGISTRY,
  /** Forward slashes; special characters of a component are escaped with a percent sign. */
  ZIP,
  /** The files of a server: as generic, after {@code fs:}. */
  FILESTORE,
  /** The records of a server: as generic, after {@code ds:}. */
  DATASTORE,
  /** Not taken apart at all. */
  PATHSPEC;

  private static final Map<String, String> HIVES =
      Map.of(
          "HKLM", "HKEY_LOCAL_MACHINE",
          "HKCU", "HKEY_CURRENT_USER",
          "HKU", "HKEY_USERS",
          "HKCR", "HKEY_CLASSES_ROOT");
  private static final String ESCAPED = "/\\%:\"*?<>|";

  /** The style of this name in any case, or null. */
  public static PathStyle named(String name) {
    for (PathStyle style : values()) {
      if (style.name().equalsIgnoreCase(name)) {
        return style;
      }
    }
    return null;
  }

  /** The style that the paths of an accessor have. */
  public static PathStyle ofAccessor(String accessor) {
    return switch (accessor) {
      case "ntfs", "raw_ntfs", "ntfs_vss", "mft" -> NTFS;
      case "registry", "reg" -> REGISTRY;
      case "collector" -> ZIP;
      case "", "auto", "file", "file_nocase", "gzip", "bzip2", "zip", "zip_nocase" -> LINUX;
      case "data", "scope", "sparse", "pipe" -> PATHSPEC;
      case "fs" -> FILESTORE;
      case "ds" -> DATASTORE;
      default -> GENERIC;
    };
  }

  /** The components of a text. */
  public List<String> split(String text) {
    return switch (this) {
      case GENERIC -> quoted(text);
      case LINUX -> slashes(text);
      case WINDOWS -> windows(text);
      case NTFS -> ntfs(windows(text));
      case REGISTRY -> registry(quoted(text));
      case ZIP -> unescaped(slashes(text));
      case FILESTORE, DATASTORE ->
          quoted(text.startsWith("fs:") || text.startsWith("ds:") ? text.substring(3) : text);
      case PATHSPEC -> text.isEmpty() ? List.of() : List.of(text);
    };
  }

  /** The text of some components. */
  public String join(List<String> components) {
    return switch (this) {
      case GENERIC -> {
        boolean drive = !components.isEmpty() && isDrive(components.get(0));
        String text = quotedJoin(components, "/");
        yield drive || text.isEmpty() ? text : "/" + text;
      }
      case LINUX -> "/" + String.join("/", components);
      case WINDOWS, NTFS, REGISTRY -> quotedJoin(components, "\\");
      case ZIP -> escapedJoin(components);
      case FILESTORE -> "fs:/" + quotedJoin(components, "/");
      case DATASTORE -> "ds:/" + quotedJoin(components, "/");
      case PATHSPEC -> String.join("/", components);
    };
  }

  private static boolean isDrive(String component) {
    return component.length() == 2
        && component.charAt(1) == ':'
        && Character.isLetter(component.charAt(0));
  }

  private static void add(List<String> components, String component) {
    if (!component.isEmpty() && !component.equals(".") && !component.equals("..")) {
      components.add(component);
    }
  }

  private static List<String> slashes(String text) {
    List<String> components = new ArrayList<>();
    for (String part : text.split("/")) {
      add(components, part);
    }
    return components;
  }

  private static List<String> quoted(String text) {
    List<String> components = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      StringBuilder part = new StringBuilder();
      if (text.charAt(i) == '"') {
        i = quotedPart(text, i + 1, part);
      }
      while (i < text.length() && !isSeparator(text.charAt(i))) {
        part.append(text.charAt(i++));
      }
      add(components, part.toString());
      i++;
    }
    return components;
  }

  /** Reads a quoted component and answers where the text goes on. */
  private static int quotedPart(String text, int from, StringBuilder part) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"') {
        if (i + 1 >= text.length() || text.charAt(i + 1) != '"') {
          return i + 1;
        }
        i++;
      }
      part.append(c);
      i++;
    }
    return i;
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }

  private static List<String> windows(String text) {
    String device = device(text);
    if (device.isEmpty()) {
      return quoted(text);
    }
    List<String> components = new ArrayList<>();
    components.add(device);
    components.addAll(quoted(text.substring(device.length())));
    return components;
  }

  /** The leading device or host of a Windows path, which is one component. */
  private static String device(String text) {
    if (!text.startsWith("\\\\")) {
      return "";
    }
    int parts = 1;
    if (text.regionMatches(true, 0, "\\\\?\\GLOBALROOT\\Device\\", 0, 22)) {
      parts = 4;
    } else if (text.startsWith("\\\\.\\") || text.startsWith("\\\\?\\")) {
      parts = 2;
    }
    int end = 2;
    for (int part = 0; part < parts && end < text.length(); part++) {
      int next = text.indexOf('\\', end + (part == 0 ? 0 : 1));
      end = next < 0 ? text.length() : next;
    }
    return end > 2 ? text.substring(0, end) : "";
  }

  private static List<String> ntfs(List<String> components) {
    if (!components.isEmpty() && isDrive(components.get(0))) {
      List<String> changed = new ArrayList<>(components);
      changed.set(0, "\\\\.\\" + components.get(0).toUpperCase(Locale.ROOT));
      return changed;
    }
    return components;
  }

  private static List<String> registry(List<String> components) {
    if (components.isEmpty()) {
      return components;
    }
    String hive = components.get(0).toUpperCase(Locale.ROOT);
    List<String> changed = new ArrayList<>(components);
    if (HIVES.containsKey(hive)) {
      changed.set(0, HIVES.get(hive));
    } else if (hive.startsWith("HKEY_")) {
      changed.set(0, hive);
    }
    return changed;
  }

  private static String quotedJoin(List<String> components, String separator) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < components.size(); i++) {
      String component = components.get(i);
      // A device at the front has separators of its own and stays as it is.
      boolean device = i == 0 && component.startsWith("\\\\");
      text.append(i == 0 ? "" : separator).append(device ? component : quote(component));
    }
    return text.toString();
  }

  private static String quote(String component) {
    boolean plain =
        component.indexOf('/') < 0 && component.indexOf('\\') < 0 && component.indexOf('"') < 0;
    return plain ? component : '"' + component.replace("\"", "\"\"") + '"';
  }

  private static String escapedJoin(List<String> components) {
    StringBuilder text = new StringBuilder();
    for (String component : components) {
      text.append('/');
      for (int i = 0; i < component.length(); i++) {
        char c = component.charAt(i);
        if (c < 0x20 || ESCAPED.indexOf(c) >= 0) {
          text.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
        } else {
          text.append(c);
        }
      }
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  private static List<String> unescaped(List<String> components) {
    List<String> changed = new ArrayList<>(components.size());
    components.forEach(component -> changed.add(unescape(component)));
    return changed;
  }

  /** A component without the percent signs that stand for special characters. */
  public static String unescape(String component) {
    if (component.indexOf('%') < 0) {
      return component;
    }
    byte[] bytes = org.minivql.value.Bytes.encode(component);
    byte[] out = new byte[bytes.length];
    int n = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out[n++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[n++] = bytes[i];
      }
    }
    return org.minivql.value.Bytes.decode(out, 0, n);
  }
}
