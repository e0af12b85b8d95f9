package org.minivql.builtin.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.glob.Glob;
import org.minivql.accessor.glob.GlobSearch;
import org.minivql.accessor.standard.FileArguments;
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
    GlobSearch.Options options =
        new GlobSearch.Options(!nosymlink, oneFilesystem, callback(context, recursionCallback));
    GlobSearch search = new GlobSearch(context.about(), files.accessor(), options, out);
    Map<OSPath, List<Glob>> patterns = new LinkedHashMap<>();
    for (String glob : globs) {
      OSPath at = from;
      String text = glob;
      boolean placed = given;
      if (glob.startsWith("{")) {
        context.log(
            "Glob item appears to be a pathspec. This is deprecated, please use the root arg"
                + " instead.");
        OSPath spec = files.accessor().parse(glob);
        if (!spec.hasDelegate()) {
          continue;
        }
        at = spec.withComponents(List.of());
        text = spec.path();
        placed = true;
      }
      PathStyle style = at.style();
      boolean relative = placed;
      patterns
          .computeIfAbsent(at, place -> new ArrayList<>())
          .addAll(
              Glob.parse(
                  style,
                  one -> relative ? style.split(one) : files.accessor().parse(one).components(),
                  text));
    }
    for (Map.Entry<OSPath, List<Glob>> place : patterns.entrySet()) {
      if (!search.run(place.getKey(), place.getValue())) {
        return;
      }
    }
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
