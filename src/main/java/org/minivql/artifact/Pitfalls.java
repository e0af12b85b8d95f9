package org.minivql.artifact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.Token;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Dict;

/**
 * What runs otherwise than the author of an artifact may think.
 *
 * @since 0.1.0
 */
public final class Pitfalls {
  private static final Set<String> TRUE = Set.of("y", "true", "yes", "ok");
  private static final Set<String> FALSE = Set.of("", "n", "no", "false", "0", "off");

  /**
   * One of them.
   *
   * @param id the id of the behaviour, such as {@code Q-30}
   * @param message what it is, one sentence
   */
  public record Pitfall(String id, String message) {}

  private final Artifact artifact;
  private final List<Pitfall> found = new ArrayList<>();

  private Pitfalls(Artifact artifact) {
    this.artifact = artifact;
  }

  /**
   * The pitfalls in what an artifact was compiled to.
   *
   * @param requests the requests of one artifact with one set of parameters
   */
  public static List<Pitfall> of(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    Pitfalls pitfalls = new Pitfalls(requests.get(0).artifact());
    pitfalls.parameters(requests);
    if (requests.size() > 1 && !pitfalls.artifact.type().event()) {
      pitfalls.lostDefinitions(requests);
    }
    return pitfalls.found;
  }

  private void add(String id, String message) {
    found.add(new Pitfall(id, message));
  }

  private void parameters(List<Request> requests) {
    Dict env = requests.get(0).env();
    for (ArtifactParameter parameter : artifact.parameters()) {
      if (!(env.get(parameter.name()) instanceof String value)) {
        continue;
      }
      String folded = value.strip().toLowerCase(Locale.ROOT);
      if (parameter.type().equals("bool") && !TRUE.contains(folded) && !FALSE.contains(folded)) {
        bool(parameter, value);
      } else if (parameter.type().equals("timestamp")
          && value.isEmpty()
          && !artifact.builtIn()
          && requests.stream().anyMatch(request -> uses(request, parameter.name()))) {
        add(
            "Q-31",
            "the timestamp parameter "
                + parameter.name()
                + " of "
                + artifact.name()
                + " is empty, which is the year 1: before every other time, and false");
      }
    }
  }

  private void bool(ArtifactParameter parameter, String value) {
    add(
        "Q-30",
        "the value \""
            + value
            + "\" of the bool parameter "
            + parameter.name()
            + " of "
            + artifact.name()
            + " is false; Y, TRUE, YES and OK are true");
  }

  private static boolean uses(Request request, String name) {
    return request.queries().stream().anyMatch(query -> names(query.text()).contains(name));
  }

  /** Names that an earlier source defines and a later one, in a scope of its own, would need. */
  private void lostDefinitions(List<Request> requests) {
    Set<String> known = new HashSet<>(requests.get(0).env().shape().names());
    requests.get(0).exports().forEach(export -> known.addAll(definitions(export)));
    Set<String> earlier = new LinkedHashSet<>();
    for (Request request : requests) {
      for (Request.Query query : request.queries()) {
        Set<String> own = definitions(query.text());
        Set<String> used = names(query.text());
        for (String name : earlier) {
          if (used.contains(name) && !own.contains(name) && !known.contains(name)) {
            add(
                "Q-32",
                query.name()
                    + " uses "
                    + name
                    + ", which an earlier source defines; since a source has a precondition, each"
                    + " source has a scope of its own");
          }
        }
        earlier.addAll(own);
      }
    }
  }

  private static Set<String> definitions(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (Statement statement : Parser.parse(text).statements()) {
      if (statement instanceof Let let) {
        names.add(Names.component(let.name()));
      }
    }
    return names;
  }

  /** The names in a text, members left out. */
  private static Set<String> names(String text) {
    Set<String> names = new HashSet<>();
    for (Token token : Token.of(text)) {
      if (token.kind() == Token.Kind.NAME) {
        names.add(Names.split(token.text(text)).get(0));
      }
    }
    return names;
  }
}
