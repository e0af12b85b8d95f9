package org.minivql.builtin.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.minivql.accessor.Modes;
import org.minivql.accessor.TempFiles;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;

/** Files and folders that live as long as the query. */
final class Temporary {
  private Temporary() {}

  @VqlFunction(
      name = "tempfile",
      permission = "FILESYSTEM_WRITE",
      onError = ErrorValue.FALSE,
      doc = "The name of a new file that is removed when the calling scope ends.")
  static Object tempfile(
      CallContext context,
      @Arg("What to write to it.") StringList data,
      @Arg("The end of its name.") String extension,
      @Arg("x to make it executable, r to make it read-only.") String permissions,
      @Arg(value = "Remove it only at the end of the query.", name = "remove_last")
          boolean removeLast) {
    try {
      Path file = TempFiles.file(context, extension == null ? "" : extension, removeLast);
      if (data != null) {
        StringBuilder all = new StringBuilder();
        data.forEach(all::append);
        Files.write(file, Bytes.encode(all.toString()));
      }
      int mode = "x".equals(permissions) ? 0700 : "r".equals(permissions) ? 0400 : 0600;
      Modes.set(file, mode);
      return file.toString();
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  @VqlFunction(
      name = "tempdir",
      permission = "FILESYSTEM_WRITE",
      onError = ErrorValue.FALSE,
      doc =
          "The name of a new folder that is removed, with all in it, when the calling scope ends.")
  static Object tempdir(
      CallContext context,
      @Arg(value = "Remove it only at the end of the query.", name = "remove_last")
          boolean removeLast) {
    try {
      return TempFiles.folder(context, removeLast).toString();
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }
}
