package org.minivql.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.minivql.value.Bytes;

/** Reads the files that a command line names. */
final class InputFiles {
  private InputFiles() {}

  /** The VQL text in a file; {@code -} is standard input. */
  static String text(Console console, String name) {
    try {
      return Bytes.decode(
          name.equals("-") ? console.in().readAllBytes() : Files.readAllBytes(console.path(name)));
    } catch (IOException e) {
      throw unreadable(name, console.path(name), e);
    }
  }

  private static CommandException unreadable(String name, Path path, IOException e) {
    String reason = Files.isDirectory(path) ? "it is a directory" : reason(e);
    return CommandException.cannotStart("cannot read " + name + ": " + reason, e);
  }

  /** What an error of the file system means, in a few words. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
