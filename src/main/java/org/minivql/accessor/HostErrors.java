package org.minivql.accessor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/**
 * What the host's file system refuses, in the words people know from their shell.
 *
 * @since 0.1.0
 */
public final class HostErrors {
  private HostErrors() {}

  /** {@code open /a/b: no such file or directory}; the message where it is no such refusal. */
  public static String text(IOException e) {
    return e instanceof FileSystemException refusal
        ? "open " + refusal.getFile() + ": " + reason(refusal)
        : String.valueOf(e.getMessage());
  }

  /** The same without the file: {@code no such file or directory}. */
  public static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "file exists";
    }
    if (e instanceof FileSystemLoopException) {
      return "too many levels of symbolic links";
    }
    String reason = String.valueOf(e.getReason());
    return reason.startsWith("Too many levels of symbolic links")
        ? "too many levels of symbolic links"
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
