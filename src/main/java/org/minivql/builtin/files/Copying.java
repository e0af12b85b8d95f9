package org.minivql.builtin.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.Modes;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;

/** Writing and removing files of the host; each call asks for the effect first. */
final class Copying {
  private Copying() {}

  @VqlFunction(
      name = "copy",
      permission = "FILESYSTEM_WRITE",
      doc = "Copies a file to a file of the host; the name of the target, or NULL where it fails.",
      version = 3)
  static Object copy(
      CallContext context,
      @Arg(value = "The file to read.", required = true) Object filename,
      @Arg(value = "The file to write.", required = true) String dest,
      @Arg("The accessor of the file to read.") String accessor,
      @Arg("Permissions, as 0644 or rw-r--r--.") String permissions,
      @Arg(value = "Permissions of folders that are made.", name = "dir_permissions")
          String dirPermissions,
      @Arg("Append to a file that must exist.") boolean append,
      @Arg(value = "Make the missing folders.", name = "create_directories")
          boolean createDirectories) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    OSPath source = files.path(filename, "filename");
    Target target =
        new Target(
            host(dest),
            mode(permissions, 0600),
            mode(dirPermissions, 0700),
            append,
            createDirectories);
    if (!files.accessorName().equals("data")) {
      context.log("Copying file from " + source.text() + " into " + dest);
    }
    try (InputStream in = files.accessor().open(context.scope(), source)) {
      if (Effects.ask(context, Effects.Kind.WRITE, dest, Dict.of("append", append))) {
        target.write(in);
      }
      return dest;
    } catch (IOException e) {
      throw new ArgumentException(HostErrors.text(e));
    }
  }

  @VqlFunction(
      name = "write_file",
      permission = "FILESYSTEM_WRITE",
      doc = "Writes text to a file of the host; its name, or NULL where it fails.")
  static Object writeFile(
      CallContext context,
      @Arg(value = "The text.", required = true) String data,
      @Arg(value = "The file to write.", required = true) String dest,
      @Arg("Permissions, as 0644 or rw-r--r--.") String permissions,
      @Arg("Append to a file that must exist.") boolean append,
      @Arg(value = "Make the missing folders.", name = "create_directories")
          boolean createDirectories) {
    return copy(context, data, dest, "data", permissions, null, append, createDirectories);
  }

  @VqlFunction(
      name = "rm",
      permission = "FILESYSTEM_WRITE",
      onError = ErrorValue.FALSE,
      doc = "Removes a file of the host. TRUE where there was one, FALSE where not or refused.")
  static Object rm(
      CallContext context, @Arg(value = "The file.", required = true) String filename) {
    Path file = host(filename);
    if (!Files.isRegularFile(file) && !Files.isSymbolicLink(file)) {
      return false;
    }
    try {
      if (Effects.ask(context, Effects.Kind.DELETE, filename, Dict.EMPTY)) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException e) {
      context.log(HostErrors.text(e));
      return true;
    } catch (ArgumentException refused) {
      context.log(refused.getMessage());
      return false;
    }
  }

  /** A name of the host's file system. */
  static Path host(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  private static int mode(String text, int missing) {
    if (text == null || text.isEmpty()) {
      return missing;
    }
    int mode = Modes.permissions(text);
    if (mode < 0) {
      throw new ArgumentException("invalid permissions " + text);
    }
    return mode;
  }

  private record Target(Path file, int mode, int folderMode, boolean append, boolean folders) {
    void write(InputStream in) throws IOException {
      Path parent = file.toAbsolutePath().getParent();
      if (folders && parent != null && !Files.isDirectory(parent)) {
        Modes.makeFolders(parent, folderMode);
      }
      try (OutputStream out =
          append
              ? Files.newOutputStream(file, StandardOpenOption.APPEND)
              : Files.newOutputStream(file)) {
        in.transferTo(out);
      }
      if (!append) {
        Modes.set(file, mode);
      }
    }
  }
}
