package org.minivql.builtin.binary;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** Property lists of macOS and iOS. */
final class Plists {
  private static final int LARGEST = 256 << 20;
  private static final Shape VALUE = Shape.of("_value");

  private Plists() {}

  @VqlFunction(
      name = "plist",
      doc =
          "The value of a property list, binary or XML: dicts, lists, texts, numbers and times; data"
              + " as base64 text.",
      examples =
          "plist(accessor='data', file='<?xml version=\"1.0\"?><plist"
              + " version=\"1.0\"><dict><key>a</key><integer>1</integer></dict></plist>') =>"
              + " {\"a\":1}")
  static Object plist(
      CallContext context,
      @Arg(value = "The property list.", required = true) Object file,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "file");
    try {
      return read(context, files, files.path(file, "file"), true);
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  @VqlPlugin(name = "plist", doc = "One row for each property list: its value.")
  static void plistRows(
      CallContext context,
      Sink out,
      @Arg(value = "The property lists.", required = true) Object file,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "file");
    for (OSPath path : files.paths(file, "file")) {
      try {
        Object value = read(context, files, path, false);
        if (!out.row(value instanceof Members ? value : Dict.over(VALUE, value))) {
          return;
        }
      } catch (IOException e) {
        context.log("Unable to parse file " + path.text() + ": " + e.getMessage());
      }
    }
  }

  private static Object read(CallContext context, FileArguments files, OSPath path, boolean ordered)
      throws IOException {
    byte[] bytes;
    try (InputStream in = files.accessor().open(context.scope(), path)) {
      bytes = in.readNBytes(LARGEST);
    }
    try {
      return PlistSource.read(bytes, ordered);
    } catch (NoClassDefFoundError e) {
      throw new ArgumentException(
          "reading property lists needs the library com.googlecode.plist:dd-plist");
    }
  }
}
