package org.minivql.builtin.files;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** The content and the description of files. */
final class Reading {
  private static final int CHUNK = 4 << 20;
  private static final int LONGEST = 256 << 20;
  private static final Shape ROW = Shape.of("Data", "Offset", "Filename");

  private Reading() {}

  @VqlFunction(
      name = "read_file",
      onError = ErrorValue.EMPTY_STRING,
      doc = "The content of a file as a string; the empty string, with a log line, where it fails.",
      examples = {
        "read_file(accessor='data', filename='some text') => \"some text\"",
        "read_file(accessor='data', filename='some text', offset=5, length=2) => \"te\""
      })
  static Object readFile(
      CallContext context,
      @Arg(value = "The file.", required = true) Object filename,
      @Arg(value = "The most bytes to read.", defaultValue = "4194304") long length,
      @Arg("Where to start, in bytes.") long offset,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    OSPath path = files.path(filename, "filename");
    try (InputStream in = files.accessor().open(context.scope(), path)) {
      skip(in, offset);
      return Bytes.decode(in.readNBytes((int) Math.max(0, Math.min(length, LONGEST))));
    } catch (IOException e) {
      throw new ArgumentException(path.text() + ": " + e.getMessage());
    }
  }

  private static void skip(InputStream in, long count) throws IOException {
    long left = count;
    while (left > 0) {
      long n = in.skip(left);
      if (n <= 0 && in.read() < 0) {
        return;
      }
      left -= n <= 0 ? 1 : n;
    }
  }

  @VqlPlugin(
      name = "read_file",
      doc = "The content of files in pieces. Files that cannot be opened are skipped.",
      columns = {"Data", "Offset", "Filename"},
      examples =
          "SELECT Data, Offset FROM read_file(accessor='data', filenames='abcde', chunk=3) =>"
              + " [{\"Data\":\"abc\",\"Offset\":0},{\"Data\":\"de\",\"Offset\":3}]")
  static void readFiles(
      CallContext context,
      Sink out,
      @Arg(value = "The files.", required = true) Object filenames,
      @Arg(value = "Bytes in a row.", defaultValue = "4194304") long chunk,
      @Arg(value = "Stop a file once more than this was read.", name = "max_length") long maxLength,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "filenames");
    int size = (int) Math.max(1, Math.min(chunk <= 0 ? CHUNK : chunk, LONGEST));
    for (OSPath path : files.paths(filenames, "filenames")) {
      InputStream content;
      try {
        content = files.accessor().open(context.scope(), path);
      } catch (IOException unreadable) {
        // The language skips such files without a word.
        continue;
      }
      try (InputStream in = content) {
        if (!pieces(in, path, size, maxLength, out)) {
          return;
        }
      } catch (IOException e) {
        context.log(path.text() + ": " + e.getMessage());
      }
    }
  }

  private static boolean pieces(InputStream in, OSPath path, int size, long maxLength, Sink out)
      throws IOException {
    long offset = 0;
    byte[] data;
    while ((data = in.readNBytes(size)).length > 0) {
      if (!out.row(Dict.over(ROW, Bytes.decode(data), offset, path.text()))) {
        return false;
      }
      offset += data.length;
      if (maxLength > 0 && offset > maxLength) {
        break;
      }
    }
    return true;
  }

  @VqlFunction(name = "stat", doc = "What is known about a file, or NULL where there is none.")
  static Object stat(
      CallContext context,
      @Arg(value = "The file.", required = true) Object filename,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    try {
      return files.accessor().stat(context.scope(), files.path(filename, "filename"));
    } catch (IOException missing) {
      return null;
    }
  }

  @VqlPlugin(
      name = "stat",
      doc = "One row about a file, or none where there is no such file.",
      columns = {
        "Name", "OSPath", "Mtime", "Atime", "Ctime", "Btime", "Size", "Mode", "IsDir", "IsLink",
        "Data"
      },
      version = 2)
  static void statRow(
      CallContext context,
      Sink out,
      @Arg(value = "The file.", required = true) Object filename,
      @Arg("The accessor.") String accessor) {
    Object info = stat(context, filename, accessor);
    if (info != null) {
      out.row(info);
    }
  }
}
