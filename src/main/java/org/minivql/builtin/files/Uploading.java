package org.minivql.builtin.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.HostErrors;
import org.minivql.accessor.Modes;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.Uploads;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** Handing files to the host's store of uploads. */
final class Uploading {
  private Uploading() {}

  @VqlFunction(
      name = "upload",
      doc =
          "Hands a file to the store of uploads. A dict with Path, Size, UploadId and what else the"
              + " store says, or with Error.",
      version = 3)
  static Object upload(
      CallContext context,
      @Arg(value = "The file.", required = true) Object file,
      @Arg("The path to record.") Object name,
      @Arg("The accessor.") String accessor,
      @Arg("The time of modification to record.") Timestamp mtime,
      @Arg("The time of access to record.") Timestamp atime,
      @Arg("The time of change to record.") Timestamp ctime,
      @Arg("The time of creation to record.") Timestamp btime) {
    Source source = Source.of(context, file, name, accessor);
    Uploads store = context.scope().service(Uploads.class);
    try (InputStream in = source.open(context)) {
      Dict details =
          Dict.of("Accessor", source.files().accessorName(), "Components", source.components());
      boolean real = Effects.ask(context, Effects.Kind.UPLOAD, source.name().path(), details);
      if (!real) {
        return Dict.of("Path", source.name().path(), "Size", source.info(context).size());
      }
      if (store == null) {
        throw new ArgumentException("Uploader not configured.");
      }
      return store.store(context.scope(), source.describe(context), in);
    } catch (IOException e) {
      return unopened(context, source, e);
    }
  }

  @VqlFunction(
      name = "upload_directory",
      doc =
          "Copies a file below a folder of the host, as folder/accessor/path. A dict with Path and"
              + " Size; NULL for a folder.")
  static Object uploadDirectory(
      CallContext context,
      @Arg(value = "The file.", required = true) Object file,
      @Arg(value = "The folder.", required = true) String output,
      @Arg("The path below the folder.") Object name,
      @Arg("The accessor.") String accessor,
      @Arg("The time of modification to set.") Timestamp mtime,
      @Arg("The time of access to set.") Timestamp atime,
      @Arg("The time of change.") Timestamp ctime,
      @Arg("The time of creation.") Timestamp btime) {
    Source source = Source.of(context, file, name, accessor);
    if (source.isFolder(context)) {
      return null;
    }
    try (InputStream in = source.open(context)) {
      FileInfo info = source.info(context);
      Path folder = Copying.host(output);
      Path target = folder.resolve(Extraction.safe(source.files().accessorName()));
      for (String component : source.name().components()) {
        target = target.resolve(Extraction.safe(component));
      }
      if (Effects.ask(context, Effects.Kind.WRITE, target.toString(), Dict.EMPTY)) {
        Modes.makeFolders(target.getParent(), 0700);
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        Timestamp modified = mtime != null ? mtime : info.times().modified();
        Files.setLastModifiedTime(target, FileTime.from(modified.instant()));
      }
      return Dict.of("Path", target.toString(), "Size", info.size());
    } catch (IOException e) {
      return unopened(context, source, e);
    }
  }

  private static Dict unopened(CallContext context, Source source, IOException e) {
    String path = source.path().text();
    String reason = HostErrors.text(e);
    context.log("Unable to open " + path + ": " + reason);
    return Dict.of("Path", path, "Size", 0L, "Error", reason);
  }

  private record Source(FileArguments files, OSPath path, OSPath name) {
    static Source of(CallContext context, Object file, Object name, String accessor) {
      FileArguments files = FileArguments.of(context, accessor, "file");
      OSPath path = files.path(file, "file");
      boolean named = name != null && name != Absent.ABSENT;
      return new Source(files, path, named ? files.path(name, "name") : path);
    }

    InputStream open(CallContext context) throws IOException {
      return files.accessor().open(context.scope(), path);
    }

    FileInfo info(CallContext context) throws IOException {
      return files.accessor().stat(context.scope(), path);
    }

    /** False also where there is no such file, which opening it will tell. */
    boolean isFolder(CallContext context) {
      try {
        return info(context).isFolder();
      } catch (IOException e) {
        return false;
      }
    }

    List<Object> components() {
      return List.copyOf(name.components());
    }

    Uploads.Upload describe(CallContext context) throws IOException {
      return new Uploads.Upload(
          files.accessorName(), name.path(), name.components(), info(context).size());
    }
  }
}
