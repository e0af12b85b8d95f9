package org.minivql.accessor.standard;

import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.value.Absent;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/**
 * Turns the path arguments of a call into paths of the accessor that the call names.
 *
 * @since 0.1.0
 */
public final class FileArguments {
  private final Scope scope;
  private final Accessor accessor;
  private final String accessorName;

  private FileArguments(Scope scope, Accessor accessor, String accessorName) {
    this.scope = scope;
    this.accessor = accessor;
    this.accessorName = accessorName;
  }

  /**
   * The files of a call.
   *
   * @param accessor the value of the call's accessor argument; null or empty for {@code auto}
   * @param field the name of the path argument, for the message
   * @throws ArgumentException when there is no such accessor
   */
  public static FileArguments of(CallContext context, String accessor, String field) {
    String name = accessor == null || accessor.isEmpty() ? "auto" : accessor;
    Accessor found = accessors(context.scope()).find(name);
    if (found == null) {
      throw new ArgumentException("Field " + field + " Unknown filesystem accessor " + name);
    }
    return new FileArguments(context.scope(), found, name);
  }

  /** The accessors of the engine; without the service, those that need no files of the host. */
  public static Accessors accessors(Scope scope) {
    Accessors service = scope.service(Accessors.class);
    return service != null
        ? service
        : scope.runState(Accessors.class, () -> new StandardAccessors(FileRoots.none()));
  }

  /** The accessor. */
  public Accessor accessor() {
    return accessor;
  }

  /** The accessor's name as the call gave it, or {@code auto}. */
  public String accessorName() {
    return accessorName;
  }

  /**
   * A single path: a text, a path, or a list of them whose components are joined.
   *
   * @throws ArgumentException when the value is none of these
   */
  public OSPath path(Object raw, String field) {
    Object value = Values.reduce(raw);
    if (value instanceof List<?> parts && !parts.isEmpty()) {
      OSPath joined = path(parts.get(0), field);
      for (Object part : parts.subList(1, parts.size())) {
        List<String> all = new ArrayList<>(joined.components());
        all.addAll(components(part, joined.style(), field));
        joined = joined.withComponents(all);
      }
      return joined;
    }
    OSPath path = one(value);
    if (path == null) {
      throw new ArgumentException(
          "Field "
              + field
              + " Expecting a path arg type, not "
              + Values.typeName(value == Absent.ABSENT ? null : value));
    }
    return path;
  }

  /** Those of a part of a path, which has no place in the file system of its own. */
  private List<String> components(Object part, PathStyle style, String field) {
    return Values.reduce(part) instanceof String text && !text.startsWith("{")
        ? style.split(text)
        : path(part, field).components();
  }

  /** Several paths; elements of a list that are none are left out. */
  public List<OSPath> paths(Object raw, String field) {
    Object value = Values.reduce(raw);
    if (Values.isQuery(value)) {
      value = Values.rows(scope, value);
    }
    if (!(value instanceof List<?> items)) {
      return List.of(path(value, field));
    }
    List<OSPath> paths = new ArrayList<>();
    for (Object item : items) {
      OSPath path = one(Values.reduce(item));
      if (path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  private OSPath one(Object value) {
    if (value instanceof OSPath path) {
      return path;
    }
    if (value instanceof FileInfo info) {
      return info.path();
    }
    return value instanceof String text ? accessor.parse(text) : null;
  }
}
