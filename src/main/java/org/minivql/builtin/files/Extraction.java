package org.minivql.builtin.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.Modes;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Patterns;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** Unpacking archives into a folder of the host. */
final class Extraction {
  private static final Shape ROW = Shape.of("OriginalPath", "NewPath", "Size");

  private final CallContext context;
  private final Path folder;
  private final Patterns.Search filter;
  private final Sink out;

  private Extraction(CallContext context, Path folder, Patterns.Search filter, Sink out) {
    this.context = context;
    this.folder = folder;
    this.filter = filter;
    this.out = out;
  }

  @VqlPlugin(
      name = "unzip",
      permission = "FILESYSTEM_WRITE",
      doc =
          "Unpacks a ZIP or compressed TAR archive, one row for each file. No file lands outside"
              + " the folder.",
      columns = {"OriginalPath", "NewPath", "Size"},
      version = 2)
  static void unzip(
      CallContext context,
      Sink out,
      @Arg(value = "The archive.", required = true) Object filename,
      @Arg(value = "The folder to unpack into.", name = "output_directory", required = true)
          String outputDirectory,
      @Arg("The accessor of the archive.") String accessor,
      @Arg(
              value = "A pattern for the names of the members to unpack.",
              name = "filename_filter",
              defaultValue = ".")
          String filenameFilter,
      @Arg("zip or tgz; by default as the name ends.") String type) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    OSPath archive = files.path(filename, "filename");
    Patterns.Search filter = context.scope().patterns().search(context.about(), filenameFilter);
    if (filter == null) {
      throw new ArgumentException("Unable to compile regex " + filenameFilter);
    }
    Extraction extraction = new Extraction(context, Copying.host(outputDirectory), filter, out);
    try {
      switch (type(type, archive)) {
        case "zip" -> extraction.zip(files, archive);
        case "tgz" -> {
          try (InputStream in =
              FileArguments.accessors(context.scope())
                  .find("gzip")
                  .open(context.scope(), inside(files, archive))) {
            extraction.tar(new TarReader(in));
          }
        }
        default -> throw new ArgumentException("unknown file type " + type(type, archive));
      }
    } catch (IOException e) {
      throw new ArgumentException(HostErrors.text(e));
    }
  }

  private static String type(String given, OSPath archive) {
    if (given != null && !given.isEmpty()) {
      return given;
    }
    String name = archive.basename().toLowerCase(Locale.ROOT);
    if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
      return "tgz";
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  private static OSPath inside(FileArguments files, OSPath archive) {
    return OSPath.of(PathStyle.LINUX, List.of()).in(files.accessorName(), archive.text());
  }

  private void zip(FileArguments files, OSPath archive) throws IOException {
    Accessor zip = FileArguments.accessors(context.scope()).find("zip");
    zipFolder(zip, inside(files, archive));
  }

  private boolean zipFolder(Accessor zip, OSPath at) throws IOException {
    for (FileInfo info : zip.list(context.scope(), at)) {
      OSPath path = info.path();
      if (info.isFolder()) {
        if (!zipFolder(zip, path)) {
          return false;
        }
        continue;
      }
      String name = String.join("/", path.components());
      if (filter.find(context.scope(), name)) {
        try (InputStream in = zip.open(context.scope(), path)) {
          if (!write(name, in)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void tar(TarReader tar) throws IOException {
    while (tar.next()) {
      boolean outside = List.of(tar.name().split("[/\\\\]")).contains("..");
      if (tar.isFile() && !outside && filter.find(context.scope(), tar.name())) {
        if (!write(tar.name(), tar.content())) {
          return;
        }
      }
    }
  }

  private boolean write(String name, InputStream in) throws IOException {
    Path target = folder;
    for (String component : PathStyle.LINUX.split(name)) {
      target = target.resolve(safe(component));
    }
    if (!Effects.ask(context, Effects.Kind.WRITE, target.toString(), Dict.EMPTY)) {
      return out.row(Dict.over(ROW, name, target.toString(), 0L));
    }
    Modes.makeFolders(target.getParent(), 0700);
    inside(target);
    long size = Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    Modes.set(target, 0600);
    return out.row(Dict.over(ROW, name, target.toString(), size));
  }

  /** A link that was already in the folder could lead a member out of it. */
  private void inside(Path target) throws IOException {
    if (!target.getParent().toRealPath().startsWith(folder.toRealPath())) {
      throw new IOException(target + " lies outside the folder");
    }
  }

  /** A component that is one name and nothing else on every host. */
  static String safe(String component) {
    String safe =
        component.replace('/', '_').replace('\\', '_').replace(':', '_').replace('\0', '_');
    return safe.isEmpty() || safe.equals(".") || safe.equals("..") ? "_" : safe;
  }
}
