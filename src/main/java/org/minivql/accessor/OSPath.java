package org.minivql.accessor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;
import org.minivql.value.Scope;

/**
 * A path: components, the style of its text, and the container it lies in, if any. Immutable.
 *
 * <p>The text of a path in a container is a JSON object that names the container's accessor and
 * path.
 *
 * @since 0.1.0
 */
public final class OSPath implements Members, Operand, Displayed {
  private static final List<String> NAMES =
      List.of(
          "Components",
          "Basename",
          "Dirname",
          "Path",
          "String",
          "DelegatePath",
          "DelegateAccessor",
          "PathSpec",
          "HumanString");
  private static final int DEEPEST = 32;

  private final PathStyle style;
  private final List<String> components;
  private final String delegateAccessor;
  private final String delegatePath;

  private OSPath(
      PathStyle style, List<String> components, String delegateAccessor, String delegatePath) {
    this.style = style;
    this.components = List.copyOf(components);
    this.delegateAccessor = delegateAccessor;
    this.delegatePath = delegatePath;
  }

  /** A path without container. */
  public static OSPath of(PathStyle style, List<String> components) {
    return new OSPath(style, components, "", "");
  }

  /**
   * Reads the text of a path. Text that starts with an opening brace and is a JSON object with the
   * members {@code Path}, {@code DelegatePath} or {@code Delegate} and {@code DelegateAccessor} is
   * a path in a container.
   */
  public static OSPath parse(PathStyle style, String text) {
    if (text.startsWith("{")) {
      OSPath spec = ofJson(style, text);
      if (spec != null) {
        return spec;
      }
    }
    return of(style, style.split(text));
  }

  private static OSPath ofJson(PathStyle style, String text) {
    Object value;
    try {
      value = Json.parse(text);
    } catch (FormatException notJson) {
      // A file name may start with a brace.
      return null;
    }
    if (!(value instanceof Dict spec)) {
      return null;
    }
    String inner = spec.get("Path") instanceof String s ? s : "";
    String accessor = spec.get("DelegateAccessor") instanceof String s ? s : "";
    Object container = spec.has("DelegatePath") ? spec.get("DelegatePath") : spec.get("Delegate");
    String delegate =
        container instanceof String s ? s : container instanceof Dict d ? Json.text(d) : "";
    return new OSPath(style, style.split(inner), accessor, delegate);
  }

  /** This path inside a container. */
  public OSPath in(String accessor, String path) {
    return new OSPath(style, components, accessor, path);
  }

  /** This path with other components, in the same container. */
  public OSPath withComponents(List<String> others) {
    return new OSPath(style, others, delegateAccessor, delegatePath);
  }

  /** This path with one more component. */
  public OSPath child(String name) {
    List<String> all = new ArrayList<>(components);
    all.add(name);
    return withComponents(all);
  }

  /** The same components in another style. */
  public OSPath styled(PathStyle other) {
    return new OSPath(other, components, delegateAccessor, delegatePath);
  }

  /** The components, unmodifiable. */
  public List<String> components() {
    return components;
  }

  /** The style of the text. */
  public PathStyle style() {
    return style;
  }

  /** The last component, or the empty text. */
  public String basename() {
    return components.isEmpty() ? "" : components.get(components.size() - 1);
  }

  /** The path without its last component. */
  public OSPath dirname() {
    return components.isEmpty()
        ? this
        : withComponents(components.subList(0, components.size() - 1));
  }

  /** The text of the components alone. */
  public String path() {
    return style.join(components);
  }

  /** Whether the path lies in a container. */
  public boolean hasDelegate() {
    return !delegateAccessor.isEmpty() || !delegatePath.isEmpty();
  }

  /** The accessor of the container, or the empty text. */
  public String delegateAccessor() {
    return delegateAccessor;
  }

  /** The text of the container's path, or the empty text. */
  public String delegatePath() {
    return delegatePath;
  }

  @Override
  public String text() {
    return hasDelegate() ? Json.text(spec()) : path();
  }

  private Dict spec() {
    Dict.Builder spec = Dict.builder();
    if (!delegateAccessor.isEmpty()) {
      spec.set("DelegateAccessor", delegateAccessor);
    }
    if (!delegatePath.isEmpty()) {
      spec.set("DelegatePath", delegatePath);
    }
    if (!components.isEmpty()) {
      spec.set("Path", path());
    }
    return spec.build();
  }

  private String human() {
    List<String> parts = new ArrayList<>();
    OSPath at = this;
    for (int depth = 0; depth < DEEPEST; depth++) {
      if (!at.components.isEmpty()) {
        parts.add(0, at.path());
      }
      if (at.delegatePath.isEmpty()) {
        break;
      }
      at = parse(PathStyle.ofAccessor(at.delegateAccessor), at.delegatePath);
    }
    return String.join(" -> ", parts);
  }

  @Override
  public Object member(String name) {
    return switch (name) {
      case "Components" -> new ArrayList<Object>(components);
      case "Basename" -> basename();
      case "Dirname" -> dirname();
      case "Path" -> path();
      case "String" -> text();
      case "DelegatePath" -> delegatePath;
      case "DelegateAccessor" -> delegateAccessor;
      case "PathSpec" -> spec();
      case "HumanString" -> human();
      default -> Absent.ABSENT;
    };
  }

  @Override
  public List<String> memberNames() {
    return NAMES;
  }

  @Override
  public Object display() {
    return text();
  }

  @Override
  public boolean truth() {
    return !components.isEmpty() || hasDelegate();
  }

  @Override
  public Object add(Scope scope, Object other) {
    List<String> all = new ArrayList<>(components);
    if (other instanceof String text) {
      all.addAll(PathStyle.GENERIC.split(text));
    } else if (other instanceof OSPath path) {
      all.addAll(path.components);
    } else if (other instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof String component) {
          all.add(component);
        } else if (part instanceof OSPath path) {
          all.addAll(path.components);
        }
      }
    } else {
      return Absent.ABSENT;
    }
    return withComponents(all);
  }

  @Override
  public Object equalTo(Scope scope, Object other) {
    return equals(other);
  }

  @Override
  public Object compareWith(Scope scope, Object other) {
    return other instanceof OSPath path
        ? (Object) Integer.signum(text().compareTo(path.text()))
        : Absent.ABSENT;
  }

  @Override
  public Object get(Scope scope, Object key) {
    if (!(key instanceof Long index)) {
      return Absent.ABSENT;
    }
    long at = index < 0 ? index + components.size() : index;
    return at < 0 || at >= components.size() ? null : components.get((int) at);
  }

  @Override
  public Object slice(Scope scope, Object from, Object to) {
    int start = bound(from, 0);
    int end = bound(to, components.size());
    return withComponents(start < end ? components.subList(start, end) : List.of());
  }

  private int bound(Object bound, int missing) {
    if (!(bound instanceof Long index)) {
      return missing;
    }
    long at = index < 0 ? index + components.size() : index;
    return (int) Math.max(0, Math.min(components.size(), at));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OSPath path
        && components.equals(path.components)
        && text().equals(path.text());
  }

  @Override
  public int hashCode() {
    return Objects.hash(components, delegateAccessor, delegatePath);
  }

  @Override
  public String toString() {
    return text();
  }
}
