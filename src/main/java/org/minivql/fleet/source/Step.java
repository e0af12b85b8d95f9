package org.minivql.fleet.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.minivql.value.Dict;

/**
 * One thing that happens.
 *
 * @param action what, one of {@link #ACTIONS}
 * @param details the members of the line
 * @param place the file and line, for messages
 * @since 0.1.0
 */
public record Step(String action, Dict details, String place) {
  /** All that can happen. */
  public static final List<String> ACTIONS =
      List.of(
          "enrol",
          "complete",
          "collect",
          "import",
          "label",
          "metadata",
          "event",
          "hunt",
          "artifact_set",
          "table",
          "restart",
          "advance",
          "client",
          "checkin");

  /** Throws where a member that every step of its kind has is not there. */
  public void check() {
    switch (action) {
      case "enrol", "collect", "label", "metadata", "checkin" -> text("client");
      case "complete" -> {
        text("client");
        text("flow");
      }
      case "event" -> text("artifact");
      case "table" -> text("which");
      default -> file();
    }
  }

  /** A member that must be text. */
  public String text(String member) {
    if (details.get(member) instanceof String text) {
      return text;
    }
    throw problem("needs \"" + member + "\"");
  }

  /** A member that may be text; empty where it is not there. */
  public String textOr(String member, String otherwise) {
    return details.get(member) instanceof String text ? text : otherwise;
  }

  /** A member that is a list of texts or one text. */
  public List<String> texts(String member) {
    Object value = details.get(member);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  /** The file that it reads, relative to the fleet; none for most steps. */
  public Optional<Path> file() {
    return switch (action) {
      case "artifact_set" -> Optional.of(path(text("file")));
      case "import" -> Optional.of(path(text("path")));
      default -> Optional.empty();
    };
  }

  private Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw problem("names a file that no folder can have: " + e.getMessage());
    }
  }

  /** A member that is a dict; empty where it is not there. */
  public Dict dict(String member) {
    return details.get(member) instanceof Dict dict ? dict : Dict.EMPTY;
  }

  /** What to throw where it cannot be used: with its place, what it is, and what it lacks. */
  public FleetException problem(String what) {
    return new FleetException(place + ": step " + action + " " + what);
  }
}
