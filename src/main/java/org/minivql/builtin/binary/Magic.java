package org.minivql.builtin.binary;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;

/** What kind of file something is, judged by its first bytes. */
final class Magic {
  private static final int SEEN = 1 << 16;

  private Magic() {}

  @VqlFunction(
      name = "magic",
      doc =
          "What kind of file it is: a description, or its MIME type or extension. Knows the common"
              + " kinds; NULL where the file cannot be read.",
      version = 1,
      examples = {
        "magic(accessor='data', path='plain words') => \"ASCII text\"",
        "magic(accessor='data', path=unhex(string='1f8b08'), type='mime') => \"application/gzip\""
      })
  static Object magic(
      CallContext context,
      @Arg(value = "The file.", required = true) Object path,
      @Arg("The accessor.") String accessor,
      @Arg("Nothing for a description, mime or extension.") String type,
      @Arg("More definitions: lines of offset, string or search/N, text and description.")
          String magic) {
    String wanted = type == null ? "" : type;
    if (!List.of("", "mime", "extension").contains(wanted)) {
      throw new ArgumentException("unknown type " + wanted);
    }
    FileArguments files = FileArguments.of(context, accessor, "path");
    OSPath file = files.path(path, "path");
    try {
      FileInfo info = files.accessor().stat(context.scope(), file);
      if (files.accessor().isFolder(context.scope(), info)) {
        return FileKind.FOLDER.answer(wanted);
      }
      try (InputStream in = files.accessor().open(context.scope(), file)) {
        byte[] head = in.readNBytes(SEEN);
        FileKind kind = FileKind.of(head);
        String more = magic == null ? null : FileKind.described(magic, head);
        return more == null || !wanted.isEmpty()
            ? kind.answer(wanted)
            : kind.isText() ? more + ", " + kind.answer("") : more;
      }
    } catch (IOException unreadable) {
      return null;
    }
  }
}
