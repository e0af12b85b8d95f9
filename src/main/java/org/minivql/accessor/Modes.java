package org.minivql.accessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * File modes as numbers: permissions in the low nine bits, type bits on top.
 *
 * @since 0.1.0
 */
public final class Modes {
  /** A folder. */
  public static final long FOLDER = 1L << 31;

  /** A symbolic link. */
  public static final long LINK = 1L << 27;

  /** A device, pipe or socket. */
  public static final long SPECIAL = 1L << 26;

  private Modes() {}

  /** Whether the mode is that of a folder. */
  public static boolean isFolder(long mode) {
    return (mode & FOLDER) != 0;
  }

  /** Whether the mode is that of a plain file. */
  public static boolean isRegular(long mode) {
    return (mode & (FOLDER | LINK | SPECIAL)) == 0;
  }

  /** The mode as in a folder listing: {@code drwxr-xr-x}. */
  public static String text(long mode) {
    StringBuilder text = new StringBuilder();
    text.append(isFolder(mode) ? 'd' : (mode & LINK) != 0 ? 'L' : isRegular(mode) ? '-' : 'D');
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & 1 << bit) != 0 ? "xwr".charAt(bit % 3) : '-');
    }
    return text.toString();
  }

  /**
   * Permissions as people write them: octal digits or nine letters.
   *
   * @return the low nine bits, or -1 where the text is neither
   */
  public static int permissions(String text) {
    if (text.matches("[0-7]{1,4}")) {
      return Integer.parseInt(text, 8) & 0777;
    }
    if (!text.matches("([r-][w-][x-]){3}")) {
      return -1;
    }
    int mode = 0;
    for (int i = 0; i < 9; i++) {
      mode = mode << 1 | (text.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  /** Makes a folder and those above it that are missing, each with the permissions. */
  public static void makeFolders(Path folder, int mode) throws IOException {
    if (folder == null || Files.isDirectory(folder)) {
      return;
    }
    makeFolders(folder.getParent(), mode);
    Files.createDirectory(folder);
    set(folder, mode);
  }

  /** Sets the nine permission bits of a file where the host has them. */
  public static void set(Path path, int mode) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      // Both orders are owner, group, others, each read, write, execute.
      if ((mode & 0400 >> permission.ordinal()) != 0) {
        permissions.add(permission);
      }
    }
    view.setPermissions(permissions);
  }
}
