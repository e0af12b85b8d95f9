package org.minivql.builtin.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.format.Json;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Lazy;
import org.minivql.value.Values;

/** Taking paths apart and putting them together. */
final class Paths {
  private static final String SEPARATOR =
      "A backslash selects Windows paths, all else generic ones.";
  private static final String STYLE =
      "How the text is read: generic, linux, windows, ntfs, registry, zip or pathspec.";

  private Paths() {}

  @VqlFunction(
      name = "basename",
      onError = ErrorValue.FALSE,
      doc = "The last component of a path; FALSE, with a log line, for what is no path.",
      examples = {
        "basename(path='/srv/www/index.html') => \"index.html\"",
        "basename(path='D:\\\\logs\\\\app.log') => \"app.log\"",
        "basename(path='/srv/www/') => \"www\""
      })
  static Object basename(
      CallContext context,
      @Arg(value = "A path or the text of one.", required = true) Object path,
      @Arg(SEPARATOR) String sep,
      @Arg(value = STYLE, name = "path_type") String pathType) {
    OSPath read = read(context, path, style(context, sep, pathType));
    return read == null ? (Object) false : read.basename();
  }

  @VqlFunction(
      name = "dirname",
      onError = ErrorValue.FALSE,
      doc = "The path without its last component; FALSE, with a log line, for what is no path.",
      examples = {
        "dirname(path='/srv/www/index.html') => \"/srv/www\"",
        "dirname(path='D:\\\\logs\\\\app.log') => \"D:/logs\"",
        "dirname(path='D:\\\\logs\\\\app.log', sep='\\\\') => \"D:\\\\logs\"",
        "dirname(path='/') => \"\""
      })
  static Object dirname(
      CallContext context,
      @Arg(value = "A path or the text of one.", required = true) Object path,
      @Arg(SEPARATOR) String sep,
      @Arg(value = STYLE, name = "path_type") String pathType) {
    OSPath read = read(context, path, style(context, sep, pathType));
    return read == null ? (Object) false : read.dirname();
  }

  @VqlFunction(
      name = "path_join",
      onError = ErrorValue.FALSE,
      doc = "One path of all the parts, each read as a path.",
      examples = {
        "path_join(components=['/srv/www', 'css/site.css']) => \"/srv/www/css/site.css\"",
        "path_join(components=['D:\\\\logs', 'app'], path_type='windows') => \"D:\\\\logs\\\\app\""
      })
  static Object pathJoin(
      CallContext context,
      @Arg(value = "Texts or paths.", required = true) List<Object> components,
      @Arg(SEPARATOR) String sep,
      @Arg(value = STYLE, name = "path_type") String pathType) {
    PathStyle style = style(context, sep, pathType);
    if (style == null) {
      return false;
    }
    List<String> all = new ArrayList<>();
    for (Object component : components) {
      OSPath part = read(context, component, style);
      if (part == null) {
        return false;
      }
      all.addAll(part.components());
    }
    return OSPath.of(style, all);
  }

  @VqlFunction(
      name = "path_split",
      onError = ErrorValue.EMPTY_LIST,
      doc = "The components of a path as a list; NULL for a path without any.",
      examples = {
        "path_split(path='srv/\"a/b\"/c') => [\"srv\", \"a/b\", \"c\"]",
        "path_split(path='HKCU\\\\Console', path_type='registry') => [\"HKEY_CURRENT_USER\","
            + " \"Console\"]"
      })
  static Object pathSplit(
      CallContext context,
      @Arg(value = "A path or the text of one.", required = true) Object path,
      @Arg(value = STYLE, name = "path_type") String pathType) {
    OSPath read = read(context, path, style(context, "", pathType));
    if (read == null) {
      return List.of();
    }
    return read.components().isEmpty() ? null : new ArrayList<Object>(read.components());
  }

  @VqlFunction(
      name = "pathspec",
      onError = ErrorValue.FALSE,
      doc = "A path from its parts: the path itself and the container it lies in.",
      version = 2,
      examples = {
        "pathspec(parse='D:\\\\logs\\\\app', path_type='windows').Components => [\"D:\", \"logs\","
            + " \"app\"]",
        "pathspec(Path='/in', DelegateAccessor='file', DelegatePath='/out.zip').DelegatePath =>"
            + " \"/out.zip\""
      })
  static Object pathspec(
      CallContext context,
      @Arg("The inner path: text, or a value whose JSON is the path.") Object Path,
      @Arg("The accessor of the container.") String DelegateAccessor,
      @Arg("The path of the container.") String DelegatePath,
      @Arg("The container as a path.") Lazy Delegate,
      @Arg("A text to read as a path; the other parts are ignored.") Object parse,
      @Arg(value = STYLE, name = "path_type") String pathType,
      @Arg("Reads the inner path as this accessor does.") String accessor) {
    PathStyle style = style(context, "", pathType);
    if (style == null) {
      return false;
    }
    if (context.given("parse")) {
      return parse instanceof OSPath done
          ? done
          : OSPath.parse(style, context.scope().operators().text(context.scope(), parse));
    }
    OSPath inner = inner(context, Path, style, accessor);
    String container = DelegatePath == null ? "" : DelegatePath;
    if (container.isEmpty() && Delegate != null) {
      Object delegate = Values.reduce(Delegate.get());
      container =
          delegate == null ? "" : context.scope().operators().text(context.scope(), delegate);
    }
    String by = DelegateAccessor == null ? "" : DelegateAccessor;
    return container.isEmpty() && by.isEmpty() ? inner : inner.in(by, container);
  }

  private static OSPath inner(CallContext context, Object value, PathStyle style, String accessor) {
    if (value == null || value == Absent.ABSENT) {
      return OSPath.of(style, List.of());
    }
    if (value instanceof OSPath path) {
      return path;
    }
    String text = value instanceof String s ? s : Json.text(value);
    if (accessor == null || accessor.isEmpty()) {
      return OSPath.of(style, style.split(text));
    }
    // The paths of what only other hosts have can be taken apart here as well.
    PathStyle foreign = PathStyle.ofAccessor(accessor);
    return foreign == PathStyle.REGISTRY || foreign == PathStyle.NTFS
        ? OSPath.parse(foreign, text)
        : FileArguments.of(context, accessor, "Path").accessor().parse(text);
  }

  @VqlFunction(
      name = "relpath",
      onError = ErrorValue.FALSE,
      doc = "The path of one file as seen from a folder, from the texts alone.",
      examples = {
        "relpath(path='/srv/www/css', base='/srv') => \"www/css\"",
        "relpath(path='/srv/www', base='/var') => \"../srv/www\""
      })
  static Object relpath(
      @Arg(value = "The path.", required = true) String path,
      @Arg(value = "The folder it is seen from.", required = true) String base,
      @Arg("A forward slash forces forward slashes.") String sep) {
    try {
      String relative = Path.of(base).normalize().relativize(Path.of(path).normalize()).toString();
      String text = relative.isEmpty() ? "." : relative;
      return "/".equals(sep) ? text.replace('\\', '/') : text;
    } catch (InvalidPathException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException notComparable) {
      // One is absolute and the other is not: there is no answer.
      return "";
    }
  }

  /** The style of a call, or null after a log line. */
  private static PathStyle style(CallContext context, String separator, String name) {
    if (name == null || name.isEmpty()) {
      return "\\".equals(separator) ? PathStyle.WINDOWS : PathStyle.GENERIC;
    }
    PathStyle style = PathStyle.named(name);
    if (style == null) {
      context.log("Unknown path type: " + name + " (should be one of windows,linux,generic)");
    }
    return style;
  }

  /** A path, or null after a log line. */
  private static OSPath read(CallContext context, Object raw, PathStyle style) {
    if (style == null) {
      return null;
    }
    Object value = Values.reduce(raw);
    if (value instanceof OSPath path) {
      return path;
    }
    if (value instanceof String text) {
      return OSPath.parse(style, text);
    }
    context.log("Path should be an OSPath or string, not " + Values.typeName(value));
    return null;
  }
}
