package org.minivql.fleet.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.minivql.value.Dict;

/**
 * One thing that happens.
 *
 * <p>Event queries of clients do not run: their rows come from {@code event} steps and recorded
 * events, each at the time at which the server has it. A client sends its rows together, every 120
 * to 140 seconds or 1000 of them, so rows that arrive together are steps at one time.
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

  /** What steps have beside the action and its time; a record of a client is free. */
  private static final Map<String, Set<String>> MEMBERS =
      Map.ofEntries(
          Map.entry("enrol", Set.of("client")),
          Map.entry("complete", Set.of("client", "flow", "again")),
          Map.entry("collect", Set.of("client", "artifacts", "env", "spec", "timeout", "max_rows")),
          Map.entry("import", Set.of("path", "client")),
          Map.entry("label", Set.of("client", "set", "remove")),
          Map.entry("metadata", Set.of("client", "set")),
          Map.entry("event", Set.of("artifact", "row", "client")),
          Map.entry("hunt", Set.of("hunt")),
          Map.entry("artifact_set", Set.of("file")),
          Map.entry("table", Set.of("which", "table", "artifacts")),
          Map.entry("restart", Set.of()),
          Map.entry("advance", Set.of("seconds")),
          Map.entry("checkin", Set.of("client")));

  /** Throws where a member that every step of its kind has is not there. */
  public void check() {
    switch (action) {
      case "enrol", "checkin" -> text("client");
      case "collect" -> {
        text("client");
        any("artifacts");
      }
      case "label" -> {
        text("client");
        any("set", "remove");
      }
      case "metadata" -> {
        text("client");
        any("set");
      }
      case "complete" -> {
        text("client");
        text("flow");
      }
      case "event" -> text("artifact");
      case "hunt" -> any("hunt");
      case "advance" -> any("seconds");
      case "table" -> {
        text("which");
        any("table", "artifacts");
      }
      default -> file();
    }
  }

  private void any(String... members) {
    if (Stream.of(members).noneMatch(member -> details.get(member) != null)) {
      throw malformed("needs \"" + String.join("\" or \"", members) + "\"");
    }
  }

  /** The members that steps of its kind do not have, such as misspelt ones. */
  public List<String> unknown() {
    Set<String> known = MEMBERS.get(action);
    return known == null
        ? List.of()
        : details.memberNames().stream()
            .filter(name -> !known.contains(name) && !name.equals("do") && !name.equals("at"))
            .toList();
  }

  /** A member that must be text. */
  public String text(String member) {
    if (details.get(member) instanceof String text) {
      return text;
    }
    throw malformed("needs \"" + member + "\"");
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
      throw malformed("names a file that no folder can have: " + e.getMessage());
    }
  }

  /** A member that is a dict; empty where it is not there. */
  public Dict dict(String member) {
    return details.get(member) instanceof Dict dict ? dict : Dict.EMPTY;
  }

  private FleetException malformed(String what) {
    return new FleetException(place + ":1: step " + action + " " + what);
  }

  /** What to throw where it cannot be used: with its place, what it is, and what it lacks. */
  public FleetException problem(String what) {
    return malformed(what);
  }
}
