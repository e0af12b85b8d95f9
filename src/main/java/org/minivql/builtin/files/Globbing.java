package org.minivql.builtin.files;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.accessor.FileArguments;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.Glob;
import org.minivql.accessor.GlobSearch;
import org.minivql.accessor.OSPath;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Lambda;
import org.minivql.value.Sink;

/** Finding files by pattern. */
final class Globbing {
  private Globbing() {}

  @VqlPlugin(
      name = "glob",
      doc =
          "The files that match one of the patterns, ignoring case. A component ** stands for any"
              + " number of folders, **3 for at most three.",
      columns = {
        "Name", "OSPath", "Mtime", "Atime", "Ctime", "Btime", "Size", "Mode", "IsDir", "IsLink",
        "Data", "Globs"
      },
      version = 3,
      permission = "FILESYSTEM_READ")
  static void glob(
      CallContext context,
      Sink out,
      @Arg(value = "One or more patterns.", required = true) StringList globs,
      @Arg("The folder the patterns are relative to.") Object root,
      @Arg("The accessor.") String accessor,
      @Arg("Do not enter links to folders.") boolean nosymlink,
      @Arg(
              value = "A lambda of the file: a folder is entered only where it is true.",
              name = "recursion_callback")
          String recursionCallback,
      @Arg(value = "Do not follow links to another device.", name = "one_filesystem")
          boolean oneFilesystem) {
    FileArguments files = FileArguments.of(context, accessor, "root");
    boolean given = root != Absent.ABSENT && root != null;
    OSPath from = given ? files.path(root, "root") : files.accessor().parse("");
    List<Glob> patterns = new ArrayList<>();
    for (String glob : globs) {
      if (glob.startsWith("{")) {
        context.log(
            "Glob item appears to be a pathspec. This is deprecated, please use the root arg"
                + " instead.");
        return;
      }
      patterns.addAll(
          Glob.parse(
              from.style(),
              text -> given ? from.style().split(text) : files.accessor().parse(text).components(),
              glob));
    }
    GlobSearch.Options options =
        new GlobSearch.Options(!nosymlink, oneFilesystem, callback(context, recursionCallback));
    new GlobSearch(context.about(), files.accessor(), options, out).run(from, patterns);
  }

  private static Predicate<FileInfo> callback(CallContext context, String text) {
    if (text == null || text.isEmpty()) {
      return file -> true;
    }
    Lambda lambda = context.lambda(text);
    if (lambda == null) {
      throw new ArgumentException("recursion_callback: not a lambda: " + text);
    }
    return file ->
        context.scope().operators().truth(context.scope(), lambda.call(context.scope(), file));
  }
}
