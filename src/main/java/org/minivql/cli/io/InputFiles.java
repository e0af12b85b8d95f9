package org.minivql.cli.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Console;
import org.minivql.value.Bytes;

/** Reads the files that a command line names. */
public final class InputFiles {
  private InputFiles() {}

  /** The VQL text in a file; {@code -} is standard input. */
  public static String text(Console console, String name) {
    checkName(name);
    try {
      return Bytes.decode(
          name.equals("-") ? console.in().readAllBytes() : Files.readAllBytes(console.path(name)));
    } catch (IOException e) {
      throw unreadable(name, console.path(name), e);
    }
  }

  /**
   * The texts of files and of those below folders, in the order of their names.
   *
   * @param wanted which files of a folder count
   */
  public static List<Source> below(Console console, List<String> names, Predicate<Path> wanted) {
    List<Source> files = new ArrayList<>();
    for (String name : names) {
      checkName(name);
      Path path = console.path(name);
      if (!Files.isDirectory(path)) {
        files.add(new Source(name, text(console, name)));
        continue;
      }
      try (Stream<Path> found = Files.walk(path)) {
        for (Path file : found.filter(Files::isRegularFile).filter(wanted).sorted().toList()) {
          String shown = Path.of(name).resolve(path.relativize(file)).normalize().toString();
          files.add(new Source(shown, text(console, shown)));
        }
      } catch (IOException e) {
        throw unreadable(name, path, e);
      } catch (UncheckedIOException e) {
        throw unreadable(name, path, e.getCause());
      }
    }
    return files;
  }

  /** A variable of a shell that was not set leaves an empty name, which is the folder itself. */
  static void checkName(String name) {
    if (name.isEmpty()) {
      throw CommandException.cannotStart("missing the name of a file: it is empty");
    }
  }

  private static CommandException unreadable(String name, Path path, IOException e) {
    boolean isFolder = Files.isDirectory(path) && Files.isReadable(path);
    String reason = isFolder ? "it is a directory" : reason(e);
    return CommandException.cannotStart("cannot read " + name + ": " + reason, e);
  }

  /** What an error of the file system means, in a few words. */
  public static String reason(IOException e) {
    return FileErrors.reason(e);
  }
}
