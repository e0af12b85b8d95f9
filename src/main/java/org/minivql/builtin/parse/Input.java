package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.accessor.FileArguments;
import org.minivql.accessor.OSPath;
import org.minivql.spi.CallContext;

/** An open file of a parser. */
record Input(OSPath path, InputStream stream) {
  /** Opens a file; null, with a log line, where that fails. */
  static Input open(CallContext context, FileArguments files, OSPath path) {
    try {
      return new Input(path, files.accessor().open(context.scope(), path));
    } catch (IOException e) {
      context.log("Unable to open file " + path.text() + ": " + e.getMessage());
      return null;
    }
  }
}
