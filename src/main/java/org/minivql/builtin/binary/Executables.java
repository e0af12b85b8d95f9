package org.minivql.builtin.binary;

import java.io.IOException;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;

/** Executables of Windows. */
final class Executables {
  private Executables() {}

  @VqlFunction(
      name = "parse_pe",
      doc =
          "What is in an executable of Windows: headers, sections, resources, version, imports and"
              + " exports, hashes. NULL where the file is none or cannot be read.",
      version = 2,
      examples = "parse_pe(accessor='data', file='MZ') => null")
  static Object parsePe(
      CallContext context,
      @Arg(value = "The executable.", required = true) Object file,
      @Arg("The accessor.") String accessor,
      @Arg(value = "Where the image begins in the file.", name = "base_offset") long baseOffset) {
    FileArguments files = FileArguments.of(context, accessor, "file");
    Pages pages = new Pages(context.scope(), files.accessor(), files.path(file, "file"));
    try {
      pages.open();
    } catch (IOException e) {
      // Queries parse whatever a search found; what is no executable has no headers.
      return null;
    }
    PeFile found = baseOffset < 0 ? null : PeFile.of(pages, baseOffset);
    return found == null ? null : new PeImage(found);
  }
}
