package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.CallContext;

/** An open file of a parser. */
record Input(OSPath path, InputStream stream) {
  /** Opens a file; null, with a log line that says why, where that fails. */
  static Input open(CallContext context, FileArguments files, OSPath path) {
    return open(context, files, path, true);
  }

  /** Opens a file; null, with a log line that only names it, where that fails. */
  static Input openBriefly(CallContext context, FileArguments files, OSPath path) {
    return open(context, files, path, false);
  }

  private static Input open(CallContext context, FileArguments files, OSPath path, boolean reason) {
    try {
      return new Input(path, files.accessor().open(context.scope(), path));
    } catch (IOException e) {
      context.append("Unable to open file " + path.text() + (reason ? ": " + e.getMessage() : ""));
      return null;
    }
  }
}
